"""errors: everything that can go wrong in an import, one tree; each message is a sentence for the operator."""

from __future__ import annotations


class ImportProblem(Exception):
    """Base of every problem of an import. `str(problem)` is one sentence: what happened, where, what to do."""


class SourceUnusable(ImportProblem):
    """The whole source cannot be read or is not something we import: nothing is written, exit status 1."""


class EntryRejected(ImportProblem):
    """One entry cannot be taken; the others go on. Listed with its reason, exit status 3."""


class UsageProblem(ImportProblem):
    """The command was called wrongly: exit status 2."""
