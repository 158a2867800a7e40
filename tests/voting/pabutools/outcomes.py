"""Counts every .pb file of a folder with pabutools and prints {file: {rule: [ids in order]}} as JSON."""

import json
import sys
from pathlib import Path

from pabutools.election import (
    Additive_Borda_Sat,
    Additive_Cardinal_Sat,
    Cardinality_Sat,
    Cost_Sat,
    parse_pabulib,
)
from pabutools.election.satisfaction import AdditiveSatisfaction
from pabutools.election.satisfaction.positionalsatisfaction import PositionalSatisfaction
from pabutools.fractions import FRACTION
from pabutools.rules import (
    exhaustion_by_budget_increase,
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)
from pabutools.tiebreaking import TieBreakingRule

assert FRACTION == "gmpy2", FRACTION


class PointsTimesCost(AdditiveSatisfaction):
    """Greedy by its density is greedy by points."""

    def __init__(self, instance, profile, ballot):
        super().__init__(
            instance, profile, ballot, lambda i, pr, b, project, pre: b.get(project, 0) * project.cost
        )


def from_the_top(top):
    """As many points as the longest ballot may have for the first, one less for each next."""

    class FromTheTop(PositionalSatisfaction):
        def __init__(self, instance, profile, ballot):
            def points(given, project):
                return top - given.position(project) if project in given else 0

            super().__init__(instance, profile, ballot, points, sum)

    return FromTheTop


def tie_rule(instance, profile, points):
    votes = {p: sum(points(b, p) for b in profile) for p in instance}
    return TieBreakingRule(lambda _i, _p, p: (p.cost, -votes[p], int(p.name[1:])))


def count(path):
    instance, profile = parse_pabulib(str(path))
    increment = int(instance.meta["increment"])
    kind = instance.meta["vote_type"]
    outcomes = {}

    def mes(name, sat, tie, binary=False):
        options = dict(sat_class=sat, tie_breaking=tie, binary_sat=binary)
        plain = method_of_equal_shares(instance, profile, **options)
        outcomes[f"{name}_none"] = plain
        outcomes[f"{name}_add1"] = method_of_equal_shares(
            instance, profile, voter_budget_increment=increment, **options
        )
        outcomes[f"{name}_add1_overspend"] = exhaustion_by_budget_increase(
            instance,
            profile,
            method_of_equal_shares,
            rule_params=dict(options),
            exhaustive_stop=False,
            budget_step=increment * profile.num_ballots(),
        )

    def greedy(name, sat, tie):
        outcomes[name] = greedy_utilitarian_welfare(instance, profile, sat_class=sat, tie_breaking=tie)

    if kind == "approval":
        tie = tie_rule(instance, profile, lambda b, p: int(p in b))
        greedy("greedy", Cost_Sat, tie)
        greedy("greedy-per-cost", Cardinality_Sat, tie)
        mes("cost", Cost_Sat, tie, True)
        mes("cardinality", Cardinality_Sat, tie, True)
        outcomes["cost_utilitarian"] = greedy_utilitarian_welfare(
            instance,
            profile,
            sat_class=Cost_Sat,
            tie_breaking=tie,
            initial_budget_allocation=outcomes["cost_none"],
        )
        # pabutools sorts what it returns here, so only the set can be compared.
        outcomes["phragmen"] = sorted(sequential_phragmen(instance, profile, tie_breaking=tie))
    elif kind == "cumulative":
        tie = tie_rule(instance, profile, lambda b, p: b.get(p, 0))
        greedy("greedy", PointsTimesCost, tie)
        greedy("greedy-per-cost", Additive_Cardinal_Sat, tie)
        mes("points", Additive_Cardinal_Sat, tie)
        mes("points-x-cost", PointsTimesCost, tie)
    elif instance.meta["scoring"] == "borda":
        tie = tie_rule(
            instance, profile, lambda b, p: len(b) - b.position(p) - 1 if p in b else 0
        )
        mes("points", Additive_Borda_Sat, tie)
    else:
        top = int(instance.meta.get("max_length", max(len(b) for b in profile)))
        tie = tie_rule(instance, profile, lambda b, p: top - b.position(p) if p in b else 0)
        mes("points", from_the_top(top), tie)
    return {name: [p.name for p in outcome] for name, outcome in outcomes.items()}


print(json.dumps({path.name: count(path) for path in sorted(Path(sys.argv[1]).glob("*.pb"))}))
