"""What is asked at a terminal; a wrong answer is asked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import typer

from .shared import WRONG

Fields = dict[str, Any]


class Questions:
    """The answers for a new family: from the options, else from the terminal.

    Parameters
    ----------
    asks : bool
        Ask for what no option gives. Otherwise that is left out, and a wrong option
        ends the command.
    """

    def __init__(self, *, asks: bool) -> None:
        self._asks = asks

    def text(
        self, field: str, given: str | None, question: str, *, needed: bool = False
    ) -> Any:
        """Return the answer that is one text, None where it is left out."""
        answer = given
        while True:
            if answer is None:
                if not self._asks:
                    return None
                answer = self._prompt(question, needed=needed)
            if not answer.strip() and not needed:
                return None
            if self._is_right(field, answer):
                return answer
            answer = None

    def tasks(self, given: Sequence[str] | None) -> list[str]:
        """Return the keys of the tasks."""
        from ..tasks import TASK_NAMES

        if given and self._is_right("tasks", list(given)):
            return list(given)
        told = ", ".join(f"{key} ({name})" for key, name in TASK_NAMES.items())
        typer.echo(f"Tasks: {told}.", err=True)
        return self._several("tasks", "Key of the task", str)

    def locations(self, given: list[dict[str, str]]) -> list[Any]:
        """Return the locations, as in a manifest."""
        if given and self._is_right("locations", given):
            return given
        question = "URL or path of the weights"
        return self._several("locations", question, lambda text: {"location": text})

    def given(
        self, field: str, texts: Sequence[str] | None, read: Callable[[str], Fields]
    ) -> list[Fields]:
        """Return what options give in one line each; a wrong one ends the command."""
        try:
            found = [read(text) for text in texts or ()]
        except ValueError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(WRONG) from error
        if not self._is_right(field, found):
            raise typer.Exit(WRONG)
        return found

    def params(self) -> list[Fields]:
        """Ask for parameters, one after the other."""
        found: list[Fields] = []
        while self._asks and (param := self._param()) is not None:
            if self._is_right("params", [*found, param]):
                found.append(param)
        return found

    def _param(self) -> Fields | None:
        from ..text.yaml_reader import read_value

        name = self._prompt("Name of a parameter (Enter: no more)")
        if not name.strip():
            return None
        param: Fields = {"name": name}
        param["arg_name"] = self._prompt("Its key in the config (Enter: the name)")
        param["value"] = read_value(self._prompt("Its default value", needed=True))
        if param["value"] is None:
            kinds = "int, float, bool, str, list or tuple"
            param["dtype"] = self._prompt(f"Its type: {kinds}", needed=True)
        param["tooltip"] = self._prompt("What it does")
        return {key: value for key, value in param.items() if value != ""}

    def _several(
        self, field: str, question: str, item: Callable[[str], Any]
    ) -> list[Any]:
        """Ask for one thing, and then for more of them until there is no answer."""
        found: list[Any] = []
        while True:
            more = " (Enter: no more)" if found else ""
            answer = self._prompt(question + more, needed=not found)
            if not answer.strip():
                return found
            if item(answer) in found:
                typer.echo(f"{answer} is given already.", err=True)
            elif self._is_right(field, [*found, item(answer)]):
                found.append(item(answer))

    @staticmethod
    def _prompt(question: str, *, needed: bool = False) -> str:
        default = None if needed else ""
        answer = typer.prompt(question, default=default, show_default=False, err=True)
        return str(answer).strip()

    def _is_right(self, field: str, answer: Any) -> bool:
        """Check an answer; say what is wrong, and end where nobody can be asked."""
        from ..authoring import wrong_answer

        why = wrong_answer(**{field: answer})
        if why is None:
            return True
        typer.echo(why, err=True)
        if not self._asks:
            raise typer.Exit(WRONG)
        return False
