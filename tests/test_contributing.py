"""What CONTRIBUTING.md, the README and the workflow tell people to run is there."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from napari_aiod_registry.cli import app

ROOT = Path(__file__).parents[1]
WORKFLOW = ROOT / ".github" / "workflows" / "checks.yml"
JOBS: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
STEPS = [step for job in JOBS.values() for step in job["steps"]]
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def lines_of(script: str) -> Iterator[str]:
    for line in script.replace("\\\n", " ").splitlines():
        if line.strip().startswith("aiod-registry "):
            yield line.strip()


def told() -> Iterator[tuple[str, str]]:
    """Find each line that calls the command, and who tells it."""
    for name in ("CONTRIBUTING.md", "README.md"):
        text = (ROOT / name).read_text("utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE):
            yield from ((name, line) for line in lines_of(block))
    for step in STEPS:
        for line in lines_of(step.get("run", "")):
            yield WORKFLOW.name, line


@pytest.mark.parametrize(("where", "line"), sorted(set(told())))
def test_a_command_that_people_are_told_to_run_is_understood(
    where: str, line: str
) -> None:
    _script, name, *arguments = shlex.split(line)

    assert name in COMMANDS, f"{where} tells of it"
    COMMANDS[name].make_context(name, arguments)  # raises where they are not right


def test_the_walk_through_tells_all_that_contributors_need() -> None:
    names = {shlex.split(line)[1] for where, line in told() if where != "README.md"}

    assert names >= {
        *("new", "add-version", "add-location", "validate", "preview", "render"),
        *("gen-configs", "schema", "list"),
    }


def test_the_workflow_runs_on_pull_requests_and_on_three_systems() -> None:
    # YAML takes the key `on` for true.
    events = yaml.safe_load(WORKFLOW.read_text("utf-8"))[True]

    assert "pull_request" in events
    assert {
        system.partition("-")[0] for system in JOBS["tests"]["strategy"]["matrix"]["os"]
    } == {
        "ubuntu",
        "macos",
        "windows",
    }


def test_the_workflow_checks_what_can_fall_out_of_step() -> None:
    script = "\n".join(step.get("run", "") for step in JOBS["manifests"]["steps"])

    assert "validate --format github manifests" in script
    assert "--check" in script
    assert re.search(r"schema -o (\S+)\n", script).group(1) == (  # type: ignore[union-attr]
        "src/napari_aiod_registry/manifest.schema.json"
    )
    assert "git diff --exit-code" in script


def test_the_workflow_attaches_the_rendered_dock() -> None:
    (attached,) = [
        step
        for step in STEPS
        if step.get("uses", "").startswith("actions/upload-artifact")
    ]

    assert any(
        line.endswith(f"-o {attached['with']['path']}")
        for step in STEPS
        for line in lines_of(step.get("run", ""))
    )


def test_what_qt_needs_is_installed_as_the_readme_says() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    listed = re.findall(r"^    (lib.*?|xvfb.*?)(?: \\)?$", readme, re.MULTILINE)
    wanted = set(" ".join(listed).split())
    scripts = [step["run"] for step in STEPS if "apt-get" in step.get("run", "")]

    assert len(wanted) == 13
    assert len(scripts) == 2
    assert all(wanted <= set(script.split()) for script in scripts)


def test_vs_code_finds_the_schema_of_the_bundled_manifests() -> None:
    found = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))

    (entry,) = found["json.schemas"]
    assert (ROOT / entry["url"]).is_file()
    assert list(ROOT.glob(entry["fileMatch"][0].lstrip("/")))
