"""Union-find over keys that cannot chain strangers: two clusters join only where no pair between them is known to differ."""

from collections.abc import Callable, Iterable


class Clusters:
    """Disjoint clusters of keys."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}
        self._members = {key: [key] for key in self._parent}

    def find(self, key: str) -> str:
        """The representative of a key's cluster."""
        root = key
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[key] != root:
            self._parent[key], key = root, self._parent[key]
        return root

    def join(self, a: str, b: str, differ: Callable[[str, str], bool]) -> bool:
        """Joins the clusters of `a` and `b` unless some pair between them differs; whether they are one now because of this."""
        left, right = self.find(a), self.find(b)
        if left == right or any(differ(x, y) for x in self._members[left] for y in self._members[right]):
            return False
        self._parent[right] = left
        self._members[left] += self._members.pop(right)
        return True

    def members(self) -> list[list[str]]:
        """The clusters, each in order of joining."""
        return list(self._members.values())
