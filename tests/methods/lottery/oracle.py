"""What the library sortition-algorithms (GPL, 423 MB installed: never a dependency of ours) makes of a lottery. Run by a Python that has it:

    python tests/methods/lottery/oracle.py maximin|nash|legacy < INSTANCE.json

INSTANCE is the canonical JSON of one of our instances, without address limit, includes or excludes. Prints, after what the library says, one JSON object: the minimum probability (not for
legacy, which gives no odds), the panels, the processor seconds of the algorithm alone and the peak of memory in MB.
"""

import json
import resource
import sys
import time

from sortition_algorithms.committee_generation import (
    find_distribution_maximin,
    find_distribution_nash,
    find_random_sample_legacy,
)
from sortition_algorithms.features import read_in_features
from sortition_algorithms.people import read_in_people
from sortition_algorithms.settings import Settings


def main(algorithm: str) -> dict[str, object]:
    given = json.load(sys.stdin)
    rows = [
        {"feature": category, "value": value, "min": str(least), "max": str(most)}
        for category, value, least, most in given["quotas"]
    ]
    features, feature, _value = read_in_features(["feature", "value", "min", "max"], rows, given["size"])
    names = given["categories"]
    body = [{"id": one, **dict(zip(names, values, strict=True))} for one, values, _address in given["pool"]]
    people, _report = read_in_people(["id", *names], body, features, Settings("id", []), feature)
    began = time.process_time()
    if algorithm == "legacy":
        panels, _report = find_random_sample_legacy(people, features, given["size"], [], max_attempts=100)
        found = {"panels": len(panels)}
    else:
        find = {"maximin": find_distribution_maximin, "nash": find_distribution_nash}[algorithm]
        panels, shares, _report = find(features, people, given["size"], [])
        odds = dict.fromkeys((one for one, *_rest in given["pool"]), 0.0)
        for panel, share in zip(panels, shares, strict=True):
            for one in panel:
                odds[one] += share
        found = {"panels": len(panels), "minimum": min(odds.values())}
    seconds = time.process_time() - began
    return {**found, "seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
