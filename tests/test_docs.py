"""What the documents name exists: files, commands, options, modules, and the other end of every link."""

import pkgutil
import re
import subprocess
import sys
from functools import cache

import pytest
from django.core.management import get_commands, load_command_class

from . import tree

DOCUMENTS = tree.files(".md")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.S)
PATH = re.compile(r"(?<![\w/.-])((?:liren|bin|tests|docs|\.ci)/[\w./-]+[\w/])")
MODULE = re.compile(r"(?<![\w./-])(liren\.(?:config|core|doors|duties|sample)\b(?:\.\w+)*)")
MANAGE = re.compile(r"bin/manage(?: --data \S+)? ([a-z_]+)")
STEP = re.compile(r"bin/(?:test|check) ([a-z]+)\b")
OPTION = re.compile(r"bin/(serve|test|check|manage [a-z_]+)([^\n`|;&]*)")


def code_of(path):
    return [found.group().strip("`") for found in CODE.finditer(path.read_text())]


def anchors(path):
    """The names under which a page's headings can be reached."""
    heads = re.findall(r"^#+\s+(.*)$", path.read_text(), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", DOCUMENTS, ids=tree.name)
def test_links_lead_somewhere(path):
    for link in LINK.findall(re.sub(r"```.*?```", "", path.read_text(), flags=re.S)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        assert target.exists(), f"{tree.name(path)} links to {link}"
        assert not anchor or anchor in anchors(target), f"{tree.name(path)} links to {link}: no such heading"


@pytest.mark.parametrize("path", DOCUMENTS, ids=tree.name)
def test_paths_exist(path):
    for code in code_of(path):
        for named in PATH.findall(code):
            assert (tree.ROOT / named).exists(), f"{tree.name(path)} names {named}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=tree.name)
def test_modules_exist(path):
    for code in code_of(path):
        for named in MODULE.findall(code):
            assert resolves(named), f"{tree.name(path)} names {named}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=tree.name)
def test_commands_and_their_options_exist(path):
    for code in code_of(path):
        for command in MANAGE.findall(code):
            assert command in get_commands(), f"{tree.name(path)} names bin/manage {command}"
        for step in STEP.findall(code):
            assert step in steps(), f"{tree.name(path)} names the step {step}"
        for program, rest in OPTION.findall(code):
            for option in re.findall(r"(?<=\s)--[a-z][a-z-]*", rest.split(" #")[0]):
                assert option in options_of(program), (
                    f"{tree.name(path)} gives bin/{program} the option {option}"
                )


def resolves(name):
    try:
        return pkgutil.resolve_name(name)
    except (ImportError, AttributeError):
        return None


@cache
def steps():
    from house.checks import STEPS

    return {step.key for step in STEPS}


@cache
def options_of(program):
    if program.startswith("manage"):
        name = program.split()[1]
        parser = load_command_class(get_commands()[name], name).create_parser("bin/manage", name)
        return {option for action in parser._actions for option in action.option_strings} | {"--data"}
    command = [sys.executable, str(tree.ROOT / "bin" / program), "--help"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"--[a-z][a-z-]*", said))
