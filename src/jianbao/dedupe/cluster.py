"""Union-find over keys that cannot chain strangers: two clusters join only where no pair between them is known to differ."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from jianbao.dedupe.compare import Level

_SPEAKERS = 24


def _never(a: int, b: int) -> bool:
    return False


class Clusters:
    """Disjoint clusters of numbers. A number that was never joined is a cluster of its own and takes no room."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._links: dict[int, list[tuple[int, Level]]] = {}

    def find(self, key: int) -> int:
        """The representative of a key's cluster."""
        root = key
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(key, key)) != root:
            self._parent[key], key = root, parent
        return root

    def members(self, key: int) -> list[int]:
        """The keys of a key's cluster, in order of joining."""
        root = self.find(key)
        return self._members.get(root, [root])

    def join_all(self, levels: Mapping[tuple[int, int], Level], differ: Callable[[int, int], bool]) -> None:
        """Joins what each pair of `levels` would join, the strongest first, but for clusters between which some pair differs."""
        asked: set[tuple[int, int, int, int]] = set()  # clusters that many pairs would join are asked once, as long as neither has grown
        several = {id(level): level for level in levels.values()}  # by address: a decimal is slow to compare and to hash
        ranks = {key: rank for rank, key in enumerate(sorted({(-level.score, level.rule) for level in several.values()}))}
        rank_of = {address: ranks[-level.score, level.rule] for address, level in several.items()}
        for (a, b), level in sorted(levels.items(), key=lambda item: (rank_of[id(item[1])], item[0])):
            self._join(a, b, level, differ, asked)

    def join(self, a: int, b: int, level: Level) -> bool:
        """Joins the clusters of `a` and `b`; whether they are one now because of this."""
        return self._join(a, b, level, _never, set())

    def _join(self, a: int, b: int, level: Level, differ: Callable[[int, int], bool], asked: set[tuple[int, int, int, int]]) -> bool:
        """Joins two clusters unless some pair between them differs. Of a large one those that joined first, by the strongest levels, speak for the rest."""
        left, right = self.find(a), self.find(b)
        if left == right:
            return False
        ours, theirs = self.members(left), self.members(right)
        question = left, right, len(ours), len(theirs)
        if question in asked:
            return False
        if any(differ(x, y) for x in ours[:_SPEAKERS] for y in theirs[:_SPEAKERS]):
            asked.add(question)
            return False
        self._members[left] = ours + theirs
        self._members.pop(right, None)
        self._parent[right] = left
        self._links.setdefault(a, []).append((b, level))
        self._links.setdefault(b, []).append((a, level))
        return True

    def joined(self) -> Iterable[list[int]]:
        """The clusters of more than one, each in order of joining."""
        return self._members.values()

    def reasons(self, first: int) -> Iterator[tuple[int, Level]]:
        """Each other key of a cluster with the level that joined it, seen from its first key."""
        seen = {first}
        waiting = [first]
        while waiting:
            for other, level in self._links.get(waiting.pop(), ()):
                if other not in seen:
                    seen.add(other)
                    waiting.append(other)
                    yield other, level
