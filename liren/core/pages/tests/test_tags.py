import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from liren.core.pages.paging import page_of


def rendered(source, load="pages", **context):
    return Template("{% load " + load + " %}" + source).render(Context(context))


def test_an_icon_is_silent_unless_it_has_a_name():
    assert 'aria-hidden="true"' in rendered('{% icon "users" %}')
    assert "icons.svg#i-users" in rendered('{% icon "users" %}')
    assert 'role="img" aria-label="居民"' in rendered('{% icon "users" label="居民" %}')


def test_a_seal_names_its_duty():
    assert 'data-duty="shu"' in rendered('{% seal "shu" size="xl" line=True %}')
    assert 'class="seal xl line"' in rendered('{% seal "shu" size="xl" line=True %}')
    assert "数据管理" in rendered('{% seal "shu" %}')
    assert "数据管理" not in rendered('{% seal "shu" label=False %}')


def test_triage_says_its_urgency():
    assert "缓急：难" in rendered('{% triage "nan" %}')
    assert rendered('{% triage "ji" size="lg" label=False %}').startswith('<span class="triage ji lg">')


def test_badges_and_tags_are_escaped():
    assert rendered("{% badge text 'late' %}", text="<b>") == '<span class="badge late">&lt;b&gt;</span>'
    assert rendered("{% tag text 'care' %}", text="<b>") == '<span class="tag care">&lt;b&gt;</span>'
    assert 'data-duty="zhi" href="/x"' in rendered('{% tag "漏水" duty="zhi" url="/x" %}')


def test_an_avatar_is_the_last_character():
    assert ">珍</span>" in rendered('{% avatar "沈玉珍" "lg" %}')
    assert ">·</span>" in rendered('{% avatar "" %}')


def test_a_bar_says_its_share():
    assert rendered('{% bar 312 418 "走访覆盖" "thin" %}') == (
        '<span class="bar thin v-75" role="img" aria-label="走访覆盖 75%"></span>'
    )
    assert "v-0" in rendered("{% bar 1 0 %}")
    assert "v-100" in rendered("{% bar 9 3 %}")


def test_a_figure_has_its_unit_and_a_note():
    text = rendered('{% stat "在册" 4312 "人" note="上月 4,300" hot=True icon_name="users" %}')
    assert "4,312<small>人</small>" in text
    assert "stat hot" in text
    assert "上月 4,300" in text
    assert "—" in rendered('{% stat "在册" "—" %}')


def test_a_stepper_shows_where_it_stands():
    text = rendered("{% stepper steps 2 %}", steps=[("选文件", "416 行"), "对列", "写入"])
    assert 'class="past"><b>选文件</b><span>416 行' in text
    assert 'aria-current="step"><b>对列</b>' in text
    assert "<li><b>写入" in text


def test_crumbs_end_without_a_link():
    text = rendered('{% crumbs "居民档案" "/r/" "302 室" %}')
    assert '<a href="/r/">居民档案</a>' in text
    assert "<span>302 室</span>" in text


def test_a_masked_value_asks_for_the_reason():
    text = rendered('{% masked "138****5678" "手机号" "/reveal/1/" %}')
    assert 'data-reveal="/reveal/1/"' in text
    assert "查看手机号（需说明理由）" in text
    assert "data-reveal" not in rendered('{% masked "138****5678" "手机号" %}')
    assert "未登记" in rendered('{% masked "" "手机号" %}')


def test_a_person_is_told_from_namesakes():
    text = rendered('{% person_link person "/p/1/" "82 岁 · 8-302" %}', person="王建国")
    assert text == '<a class="person-link" href="/p/1/">王建国<small>82 岁 · 8-302</small></a>'


def test_a_note_that_is_bad_is_an_alert():
    assert 'role="alert"' in rendered('{% note "bad" %}没存上{% endnote %}')
    assert "#i-umbrella" in rendered('{% note "warn" icon_name="umbrella" %}暴雨{% endnote %}')


def test_an_empty_state_has_a_next_step():
    text = rendered('{% empty "今天的都办完了" "明天有 5 件到期" "去看看" "/next/" %}')
    assert 'href="/next/">去看看' in text
    assert "btn" not in rendered('{% empty "没有" %}')
    assert "B0351E" in rendered('{% empty "没取到" kind="bad" %}')


def test_a_pager_keeps_the_filters():
    request = RequestFactory().get("/?sex=2&page=3")
    text = rendered(
        '{% pager page "人" target="#list" %}', request=request, page=page_of(range(1046), request)
    )
    assert "第 41–60 人，共 1,046 人" in text
    assert 'href="?sex=2&amp;page=4"' in text
    assert 'hx-target="#list"' in text
    none = rendered('{% pager page "人" %}', request=request, page=page_of([], request))
    assert "共 0 人" in none


@pytest.mark.parametrize(
    ("now", "link", "direction"), [("name", "-name", "ascending"), ("-name", "name", "descending")]
)
def test_a_head_sorts_and_turns_round(now, link, direction):
    request = RequestFactory().get(f"/?sort={now}&page=2")
    text = rendered('{% sorted_head "name" "姓名" %}', request=request)
    assert f'href="?sort={link}"' in text
    assert f'aria-sort="{direction}"' in text
    other = rendered('{% sorted_head "age" "年龄" number=True %}', request=request)
    assert "aria-sort" not in other
    assert 'class="num"' in other


def test_filters_of_words():
    assert (
        rendered("{{ n|thousands }} {{ words|joined }}", n=1046, words=["甲", "", "<乙>"])
        == "1,046 甲、&lt;乙&gt;"
    )


class Registration(forms.Form):
    name = forms.CharField(label="姓名", help_text="可输拼音首字母")
    number = forms.CharField(label="证件号", widget=forms.TextInput(attrs={"class": "tall"}))
    story = forms.CharField(label="经过", widget=forms.Textarea, required=False)
    sex = forms.ChoiceField(label="性别", choices=[("1", "男"), ("2", "女")], widget=forms.RadioSelect)
    told = forms.BooleanField(label="居民可见")
    batch = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("这一家已经登记过了")


def test_a_field_has_label_hint_and_mistake_joined():
    text = rendered(
        "{% field form.name autocomplete='off' data_private=True %}", "forms", form=Registration({})
    )
    assert '<label for="id_name">姓名<span class="req" aria-hidden="true">*</span></label>' in text
    assert 'aria-describedby="id_name_hint id_name_error"' in text
    assert 'aria-invalid="true"' in text
    assert 'autocomplete="off"' in text
    assert "data-private" in text
    assert 'id="id_name_error"' in text


def test_kinds_of_fields_have_their_shapes():
    form = Registration()
    assert 'class="in tall"' in rendered("{% field form.number %}", "forms", form=form)
    assert 'rows="4"' in rendered("{% field form.story wide=True %}", "forms", form=form)
    assert "<fieldset" in rendered("{% field form.sex %}", "forms", form=form)
    assert 'class="check"' in rendered("{% field form.told %}", "forms", form=form)
    hidden = rendered("{% field form.batch %}", "forms", form=form)
    assert "<label" not in hidden
    assert 'type="hidden"' in hidden


def test_the_summary_leads_to_the_fields():
    text = rendered("{% form_fields form %}", "forms", form=Registration({}))
    assert "这一家已经登记过了" in text
    assert "还有 4 处要改" in text
    assert '<a href="#id_name">姓名</a>' in text
    assert 'role="alert"' in text
    assert "alert" not in rendered("{% form_errors form %}", "forms", form=Registration())
