"""The chapters that reporting itself writes: what the process is, and its figures."""
