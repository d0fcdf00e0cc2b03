import pytest

from liren.doors.desk.gallery import PARTS


def test_every_component_is_shown_in_development(village, client_as, settings):
    settings.DEVELOPMENT = True
    text = client_as(village.secretary).get("/gallery/").content.decode()
    for key, _ in PARTS:
        assert f'id="{key}"' in text
    assert "少一位" in text


@pytest.mark.parametrize("who", ["secretary", "system_admin"])
def test_nobody_sees_it_elsewhere(village, client_as, settings, who):
    settings.DEVELOPMENT = False
    response = client_as(village[who]).get("/gallery/")
    assert response.status_code == 404
    assert "没找到这一页" in response.content.decode()
