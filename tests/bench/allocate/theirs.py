"""Counts one file with pabutools and prints how long Equal Shares took; started by ../allocate.ts."""

import json
import sys
import time

from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.fractions import FRACTION
from pabutools.rules import method_of_equal_shares

assert FRACTION == "gmpy2", FRACTION

instance, profile = parse_pabulib(sys.argv[1])
profile = profile.as_multiprofile()
started = time.perf_counter()
outcome = method_of_equal_shares(instance, profile, sat_class=Cost_Sat)
milliseconds = round((time.perf_counter() - started) * 1000, 1)
print(json.dumps({"milliseconds": milliseconds, "selected": [project.name for project in outcome]}))
