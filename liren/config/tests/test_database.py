import pytest

from liren.config.database import database


def test_without_an_address_it_is_a_file_in_the_data_folder(tmp_path):
    made = database("", tmp_path)
    assert made["NAME"] == tmp_path / "liren.sqlite3"
    assert made["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_names_a_database_of_postgresql(tmp_path):
    made = database("postgresql://li%40ren:p%2Fw@db.local:5433/liren?sslmode=require", tmp_path)
    assert (made["USER"], made["PASSWORD"]) == ("li@ren", "p/w")
    assert (made["HOST"], made["PORT"], made["NAME"]) == ("db.local", "5433", "liren")
    assert made["OPTIONS"]["sslmode"] == "require"


def test_a_socket_folder_is_a_host(tmp_path):
    assert database("postgresql://liren@/liren?host=%2Frun%2Fpg", tmp_path)["HOST"] == "/run/pg"


def test_another_database_is_refused(tmp_path):
    with pytest.raises(ValueError, match="postgresql"):
        database("mysql://x/y", tmp_path)
