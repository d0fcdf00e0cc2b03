"""An address that nobody has: each door answers in its own look."""


def test_a_resident_who_went_astray_stays_among_residents(client, db):
    answer = client.get("/p/310199001008/nowhere/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode() and "今日工作台" not in answer.content.decode()


def test_a_worker_is_led_back_to_the_desk(client, db):
    answer = client.get("/nowhere/")
    assert answer.status_code == 404 and "回今日工作台" in answer.content.decode()
