"""Which of several questions have an answer at all, asked of the database in one."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet


def present(questions: "Sequence[QuerySet[Any]]") -> list[bool]:
    """For each query whether it would find a row: one statement, whatever their number; none where none can."""
    asked: list[tuple[int, str]] = []
    values: list[Any] = []
    using = ""
    for place, rows in enumerate(questions):
        try:
            question, filled = rows.query.exists().sql_with_params()
        except EmptyResultSet:  # Django knows that nothing can be found
            continue
        asked.append((place, f"exists({question})"))
        values += filled
        using = rows.db
    answers = [False] * len(questions)
    if asked:
        with connections[using].cursor() as cursor:
            cursor.execute(f"select {', '.join(question for _place, question in asked)}", values)
            for (place, _question), there in zip(asked, cursor.fetchone(), strict=True):
                answers[place] = there
    return answers
