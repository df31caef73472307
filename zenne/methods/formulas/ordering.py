"""In which order to compute what depends on each other."""

from collections.abc import Collection, Mapping


class Circle(Exception):
    """Something is computed from itself. `names` is the whole way round, the first name again at its end."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(" → ".join(names))
        self.names = names


def order(needs: Mapping[str, Collection[str]]) -> list[str]:
    """Every key after all it needs; what is needed and is no key is left out. The same input gives the same order. Raises Circle."""
    done: list[str] = []
    state: dict[str, bool] = {}  # True: in the list; False: on the way
    for first in sorted(needs):
        if first in state:
            continue
        state[first] = False
        way = [(first, iter(sorted(needs[first])))]
        while way:
            name, rest = way[-1]
            step = next((each for each in rest if each in needs and not state.get(each, False)), None)
            if step is None:
                way.pop()
                state[name] = True
                done.append(name)
            elif step in state:
                names = [each for each, _rest in way]
                raise Circle((*names[names.index(step) :], step))
            else:
                state[step] = False
                way.append((step, iter(sorted(needs[step]))))
    return done
