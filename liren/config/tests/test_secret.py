from concurrent.futures import ThreadPoolExecutor

from liren.config.secret import secret_key


def test_a_key_is_made_once_and_for_its_owner_only(tmp_path):
    with ThreadPoolExecutor(8) as many:
        keys = set(many.map(lambda _: secret_key(tmp_path), range(32)))
    assert len(keys) == 1 and len(keys.pop()) > 60
    [path] = (tmp_path / "keys").iterdir()
    assert path.stat().st_mode & 0o077 == 0


def test_a_given_key_is_taken(tmp_path, monkeypatch):
    monkeypatch.setenv("LIREN_SECRET_KEY", "given")
    assert secret_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())
