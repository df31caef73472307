"""What can be wrong with a lottery, as a code and its figures: whoever speaks with people has the words."""


class LotteryError(ValueError):
    """`code` names the fault, `parameters` are its figures and names. Codes, by who raises them:

    instance   empty-pool, duplicate-id(id), no-category(id, category), unknown-value(id, category, value), duplicate-quota(category, value),
               bad-quota(category, value, minimum, maximum), bad-size(size), bad-limit(limit), unknown-id(id, where), included-and-excluded(id)
    solvers    pool-too-small(size, seats): even without any quota only `seats` seats can be filled;
               too-many-included(size, included); included-together(ids, limit): of one address;
               infeasible(): no panel meets the quotas (see `relaxations`); too-hard(): neither a panel was found nor that there is none;
               stopped(): told to stop before there was anything to answer with; restarts-exhausted(restarts): legacy found no panel
    """

    def __init__(self, code: str, **parameters: object) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters

    def __str__(self) -> str:
        return f"{self.code}({', '.join(f'{name}={value!r}' for name, value in self.parameters.items())})"
