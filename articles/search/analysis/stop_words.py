"""Words that stand in nearly every article and part none from another."""

from __future__ import annotations

STOP_WORDS_VERSION = "1"
STOP_WORDS = frozenset(
    "的 了 着 地 得 之 和 与 及 或 在 是 也 都 就 而 且 但 并 于 以 被 把 将 对 从 向 为 由 让 使 等 这 那 其 此 "
    "我们 他们 以及 并且 但是 因为 所以 如果 the of and a an to in is".split()
)
