"""Static files come from memory, compressed once, and are kept by phones until they change."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from feedback_app.scripts import ScriptError, put_together
from feedback_app.static_files import FOLDER, PUT_TOGETHER, prepared

Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes modules, given by name, and says where ``main`` is."""

    def write(**modules: str) -> Path:
        for name, source in modules.items():
            (tmp_path / f"{name}.js").write_text(source, encoding="utf-8")
        return tmp_path / "main.js"

    return write


@pytest.fixture
def address(app: Flask) -> str:
    """Where pages find the stylesheet."""
    with app.test_request_context():
        return url_for("static", filename="heard.css")


def test_what_is_imported_stands_before_what_imports_it(written: Written) -> None:
    main = written(
        main='import { two } from "./b.js";\nimport "./a.js";\n\nshow(two);\n',
        a="one();\n",
        b='import "./a.js";\nexport const two = 2;\n',
    )
    assert put_together(main) == "one();\nconst two = 2;\nshow(two);\n"


def test_names_may_be_imported_over_several_lines(written: Written) -> None:
    main = written(main='import {\n  one,\n} from "./a.js";\nshow(one);\n', a="export const one = 1;\n")
    assert put_together(main) == "const one = 1;\nshow(one);\n"


def test_comments_with_lines_of_their_own_stay_behind(written: Written) -> None:
    main = written(
        main="// Why.\n\n/** What\n * it does. */\nrun(); // twice\n  // and why\nfetch('https://a');\n"
    )
    assert put_together(main) == "run(); // twice\nfetch('https://a');\n"


def test_neither_comments_nor_indents_of_a_style_sheet_are_sent(tmp_path: Path) -> None:
    style = "/* Why. */\n\n.a {\n  color: red; /* why */\n  grid: 'x y'\n    'z';\n}\n"
    (tmp_path / "some.css").write_text(style, encoding="utf-8")
    assert prepared(tmp_path)["some.css"].bodies["identity"] == b".a {\ncolor: red; grid: 'x y'\n'z';\n}\n"


def test_indents_of_modules_stay_behind(written: Written) -> None:
    main = written(main="if (one) {\n  two('  three');\n}\n")
    assert put_together(main) == "if (one) {\ntwo('  three');\n}\n"


def test_two_modules_that_declare_one_name_are_refused(written: Written) -> None:
    main = written(main='import "./a.js";\nconst one = 1;\n', a="async function one() {}\n")
    with pytest.raises(ScriptError, match=r"a\.js and main\.js both declare one"):
        put_together(main)


def test_modules_that_import_each_other_are_refused(written: Written) -> None:
    main = written(main='import "./a.js";\n', a='import "./main.js";\n')
    with pytest.raises(ScriptError, match=r"main\.js -> a\.js -> main\.js"):
        put_together(main)


@pytest.mark.parametrize("main", PUT_TOGETHER.values())
def test_our_scripts_are_put_together_with_nothing_left_of_modules(main: str) -> None:
    script = put_together(FOLDER / main)
    assert not [line for line in script.splitlines() if line.startswith(("import ", "export "))]


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_file_comes_compressed_where_the_phone_can_read_that(
    client: FlaskClient, address: str, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    answer = client.get(address, headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert unpack(answer.data) == prepared()["heard.css"].bodies["identity"]


def test_a_file_comes_as_it_is_where_the_phone_cannot(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert "Content-Encoding" not in answer.headers
    assert answer.data == prepared()["heard.css"].bodies["identity"]
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepts", ["gzip, deflate, br, zstd", "br;q=0.1, gzip", "*"])
def test_brotli_is_chosen_where_the_phone_reads_both(client: FlaskClient, address: str, accepts: str) -> None:
    assert client.get(address, headers={"Accept-Encoding": accepts}).headers["Content-Encoding"] == "br"


def test_a_versioned_address_is_kept_for_a_year(client: FlaskClient, address: str) -> None:
    assert client.get(address).headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=000000000000"])
def test_an_address_of_no_or_another_version_is_asked_for_again(client: FlaskClient, query: str) -> None:
    assert client.get(f"/static/heard.css{query}").headers["Cache-Control"] == "no-cache"


def test_what_a_phone_has_already_is_not_sent_again(client: FlaskClient, address: str) -> None:
    tag = client.get(address, headers={"Accept-Encoding": "br"}).headers["ETag"]
    again = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_each_encoding_has_a_tag_of_its_own(client: FlaskClient, address: str) -> None:
    tags = {
        client.get(address, headers={"Accept-Encoding": each}).headers["ETag"] for each in ("br", "gzip", "")
    }
    assert len(tags) == 3


@pytest.mark.parametrize("name", ["nothing.css", "../config.py", "survey"])
def test_nothing_else_is_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_no_request_opens_a_file(client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert client.get(address).status_code == 200


def test_every_file_of_ours_is_prepared() -> None:
    names = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert names <= set(prepared())
