"""Random tests on a machine that has other things to do: no deadline, and a fixture may be shared by the examples of one test."""

from hypothesis import HealthCheck, settings

SHARED = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.function_scoped_fixture]
calm = settings(deadline=None, suppress_health_check=SHARED)
few = settings(calm, max_examples=50)
