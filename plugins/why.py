"""Why a fact is what it is: judges as ordered tables of named tests, and who listens to them.

A judge is a question (``"kind"``, ``"empty"`` …) and a sequence of tests. Each test answers or passes
on (None); the first answer decides. Nobody has to listen: then a judge costs one look-up. Where
somebody does (``with listening() as trace``), each test that was asked leaves a step: its name, its
answer, what it saw, and the limit that it used. Tests say the last two by ``saw`` and ``limit``.

Questions may be asked inside of others (emptiness asks for the kind): each keeps its own steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, ParamSpec, TypeVar

P = ParamSpec("P")
A = TypeVar("A")

MOST_SEEN = 60
# What identity, telephone and card numbers are written with, printed apart as well.
DIGITS = "0123456789Xx -"
# What is seen may be a whole page's text; its beginning is all that is told.
MOST_READ = 1_000
# The answer of a test that passed on.
PASSED = "-"
# A page of ten thousand rows must not make a trace of ten thousand steps.
MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class Step:
    """One test that was asked: its name, its answer in words, what it saw, the limit it used."""

    test: str
    answer: str
    saw: str = ""
    limit: str = ""

    def told(self) -> dict[str, str]:
        """As ``facts --why`` prints it."""
        return {"test": self.test, "answer": self.answer, "saw": self.saw, "limit": self.limit}


@dataclass(slots=True)
class Trace:
    """What was asked while somebody listened: steps by question, the last of each the decisive one.

    ``asked`` holds what the tests being asked just now have said of what they saw and their limits.
    """

    steps: dict[str, list[Step]] = field(default_factory=dict)
    asked: list[tuple[list[str], list[str]]] = field(default_factory=list)

    def told(self) -> Mapping[str, list[dict[str, str]]]:
        """All steps as plain data, by question in the order in which they were first asked."""
        return {name: [step.told() for step in steps] for name, steps in self.steps.items()}

    def add(self, question: str, step: Step) -> None:
        """One more step; past MOST_STEPS the last one is replaced, since the last one decides."""
        steps = self.steps.setdefault(question, [])
        if len(steps) >= MOST_STEPS:
            steps.pop()
        steps.append(step)


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


@contextmanager
def listening() -> Iterator[Trace]:
    """Everything that is judged inside leaves its steps in the trace that this gives."""
    trace = Trace()
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def heard() -> bool:
    """Whether anybody listens: for what is dear to say."""
    return _trace.get() is not None


def saw(what: object, at: str = "") -> None:
    """What the test that is being asked looks at: an element, a text, a number (first 60 characters).

    ``at`` is the place of it, which is told whole: ``body>div.main>ul``.
    """
    trace = _trace.get()
    if trace is not None and trace.asked:
        trace.asked[-1][0].append(f"{at} {_short(what)}".strip())


def limit(name: str, value: object) -> None:
    """The threshold that the test that is being asked compares with."""
    trace = _trace.get()
    if trace is not None and trace.asked:
        trace.asked[-1][1].append(f"{name}={value}")


def note(
    question: str, test: str, answer: object, seen: object = "", limits: str = "", at: str = ""
) -> None:
    """One step from outside of a table: what has no ordered tests, but is worth telling.

    ``at`` is the place of what was seen, told whole like that of ``saw``.
    """
    trace = _trace.get()
    if trace is not None:
        trace.add(question, Step(test, _worded(answer), f"{at} {_short(seen)}".strip(), limits))


@dataclass(frozen=True, slots=True)
class Test(Generic[P, A]):
    """One named test of a judge: answers, or passes on with None.

    ``name`` is what a person reads in a trace (Chinese, a statement that is true where it answers).
    """

    name: str
    ask: Callable[P, A | None]

    # pytest must not take it for a test of its own.
    __test__ = False


@dataclass(frozen=True, slots=True)
class Judge(Generic[P, A]):
    """A question with its ordered tests; called with the subject, gives the first answer or None."""

    question: str
    tests: Sequence[Test[P, A]]

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> A | None:
        """The answer of the first test that has one."""
        trace = _trace.get()
        if trace is None:
            for test in self.tests:
                answer = test.ask(*args, **kwargs)
                if answer is not None:
                    return answer
            return None
        for test in self.tests:
            seen: list[str] = []
            limits: list[str] = []
            trace.asked.append((seen, limits))
            try:
                answer = test.ask(*args, **kwargs)
            finally:
                trace.asked.pop()
            trace.add(
                self.question, Step(test.name, _worded(answer), "；".join(seen), "；".join(limits))
            )
            if answer is not None:
                return answer
        return None


def _worded(answer: Any) -> str:
    """An answer in a word: a pass is ``-``; of a value, what it is called or its own words."""
    if answer is None:
        return PASSED
    if isinstance(answer, tuple | list | dict | set | frozenset):
        return f"{len(answer)}项"
    return _short(getattr(answer, "value", answer))


def _short(what: object) -> str:
    text = " ".join(str(what)[:MOST_READ].split())
    if len(text) <= MOST_SEEN:
        return text
    # A number that the cut goes through is left out whole: half of it, nobody would know to mask.
    cut = text[: MOST_SEEN - 1]
    return (cut.rstrip(DIGITS) if text[MOST_SEEN - 1] in DIGITS else cut) + "…"
