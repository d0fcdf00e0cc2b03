"""Who may open which address: one line each, written by hand, and never read from the code that it judges.

A new page fails the test until somebody has said here who may see it.
"""

from typing import NamedTuple


class Line(NamedTuple):
    """`ability` a post must give ("" for everybody signed in), `noun` of the record it is about, and the way in:
    page, form, deed (POST only), reveal, search, export, print, import, count.
    """

    ability: str
    noun: str = ""
    way: str = "page"


# Without signing in; for each the reason.
OPEN = {
    "health": "says ok and nothing else, for the supervisor",
    "desk:sign_in": "the way in",
    "desk:second_step": "the second half of the way in; leads back to the first without it",
    "desk:setup": "only while nobody has an account; 404 ever after",
    # Residents have accounts and sessions of their own; liren/doors/portal/tests says what these show to whom.
    "portal:communities": "names of communities",
    "portal:home": "what is announced to everybody",
    "portal:look": "large type in this browser",
    "portal:announcements": "what is announced to everybody",
    "portal:announcement": "what is announced to everybody",
    "portal:privacy": "how personal data are used",
    "portal:sign_in": "the residents' way in",
    "portal:code": "the second half of it",
    "portal:sign_out": "residents signed in",
    "portal:me": "residents signed in",
    "portal:call_oneself": "residents signed in",
    "portal:close": "residents signed in",
    "portal:match": "residents signed in",
    "portal:ask_staff": "residents signed in",
    "portal:withdraw": "residents signed in",
}

TABLE: dict[str, Line] = {
    # desk
    "desk:workbench": Line("", way="count"),
    "desk:search": Line("", way="search"),
    "desk:gallery": Line("", way="nowhere"),  # in development only
    "desk:privacy": Line("", way="print"),
    "desk:sign_out": Line("", way="deed"),
    "desk:account": Line(""),
    "desk:here": Line(""),
    "desk:password": Line("", way="form"),
    "desk:sign_ins": Line(""),
    "desk:end_sign_in": Line("", "sign_in", "deed"),
    "desk:end_other_sign_ins": Line("", way="deed"),
    "desk:second": Line(""),
    "desk:second_begin": Line("", way="deed"),
    "desk:second_confirm": Line("", way="deed"),
    "desk:second_codes": Line("", way="deed"),
    "desk:second_end": Line("", way="deed"),
    "desk:staff": Line("accounts.manage", way="search"),
    "desk:staff_new": Line("accounts.manage", way="form"),
    "desk:staff_one": Line("accounts.manage", "staff"),
    "desk:give_post": Line("accounts.manage", "staff", "deed"),
    "desk:reset_password": Line("accounts.manage", "staff", "deed"),
    "desk:staff_second_end": Line("accounts.manage", "staff", "deed"),
    "desk:staff_close": Line("accounts.manage", "staff", "deed"),
    "desk:end_post": Line("accounts.manage", "post", "deed"),
    "desk:areas": Line("areas.manage", way="form"),
    "desk:area": Line("areas.manage", "area", "form"),
    "desk:numbers": Line("rules.edit"),
    "desk:number": Line("rules.edit", "number", "form"),
    "desk:number_end": Line("rules.edit", "number", "deed"),
    "desk:number_withdraw": Line("rules.edit", "number", "deed"),
    "desk:days": Line("rules.edit"),
    "desk:days_read": Line("rules.edit", way="form"),
    "desk:days_enter": Line("rules.edit", way="deed"),
    "desk:day_add": Line("rules.edit", way="deed"),
    "desk:days_remove": Line("rules.edit", way="deed"),
    "desk:traces": Line("trace.read", way="search"),
    "desk:document": Line("", "document"),
    # imports
    "imports:index": Line("imports.run", way="count"),
    "imports:start": Line("imports.run", way="import"),
    "imports:batch": Line("imports.run", "batch", "import"),
    "imports:progress": Line("imports.run", "batch", "import"),
    "imports:write": Line("imports.run", "batch", "import"),
    "imports:undo": Line("imports.undo", "batch", "import"),
    "imports:again": Line("imports.run", "batch", "import"),
    "imports:abandon": Line("imports.run", "batch", "import"),
    "imports:take": Line("imports.run", "batch", "import"),
    "imports:decide": Line("imports.run", "row", "import"),
    "imports:problems": Line("imports.run", "batch", "import"),
    "imports:mend": Line("imports.run", "problem", "import"),
    "imports:ignore": Line("imports.run", "problem", "import"),
    "imports:columns": Line("imports.run", "table", "import"),
    "imports:errors": Line("imports.run", "batch", "export"),
    "imports:changes": Line("imports.run", "batch", "export"),
    # portal: the staff's side
    "portal_desk:requests": Line("portal.residents", way="count"),
    "portal_desk:request": Line("portal.residents", "resident_request"),
    "portal_desk:confirm": Line("portal.residents", "resident_request", "deed"),
    "portal_desk:refuse": Line("portal.residents", "resident_request", "deed"),
    "portal_desk:take_back": Line("portal.residents", "resident_request", "deed"),
    "portal_desk:announcements": Line("portal.announce", way="count"),
    "portal_desk:announce": Line("portal.announce", way="form"),
    "portal_desk:correct": Line("portal.announce", "announcement", "form"),
    "portal_desk:take_down": Line("portal.announce", "announcement", "deed"),
    "portal_desk:put_up": Line("portal.announce", "announcement", "deed"),
    # registry: people
    "registry:register": Line("people.see", way="search"),
    "registry:register_groups": Line("people.see", way="count"),
    "registry:export": Line("people.export", way="export"),
    "registry:view_keep": Line("people.see", way="form"),
    "registry:view_open": Line("people.see", "view"),
    "registry:view_drop": Line("people.see", "view", "deed"),
    "registry:person": Line("people.see", "person"),
    "registry:person_history": Line("people.see", "person"),
    "registry:person_looks": Line("people.see", "person"),
    "registry:person_new": Line("people.edit", way="form"),
    "registry:person_edit": Line("people.edit", "person", "form"),
    "registry:person_paper": Line("people.edit", "person", "form"),
    "registry:person_phones": Line("people.edit", "person", "form"),
    "registry:person_hukou": Line("people.edit", "person", "form"),
    "registry:person_verify": Line("people.edit", "person", "deed"),
    "registry:label_new": Line("people.edit", "person", "form"),
    "registry:label_end": Line("people.edit", "label", "form"),
    "registry:contact_new": Line("people.edit", "person", "form"),
    "registry:contact_end": Line("people.edit", "contact", "form"),
    "registry:reveal": Line("people.reveal", "phone", "reveal"),
    "registry:move_in": Line("people.edit", "person", "form"),
    "registry:move_out": Line("people.edit", "person", "form"),
    "registry:away": Line("people.edit", "person", "form"),
    "registry:label_review": Line("people.edit", "label", "form"),
    "registry:die": Line("people.edit", "person", "form"),
    "registry:birth": Line("people.edit", "person", "form"),
    "registry:merge": Line("people.merge", "person", "form"),
    "registry:unmerge": Line("people.merge", "merge", "form"),
    # registry: households, houses, buildings
    "registry:household": Line("people.see", "household"),
    "registry:split": Line("people.edit", "household", "form"),
    "registry:name_head": Line("people.edit", "household", "form"),
    "registry:house": Line("people.see", "house"),
    "registry:house_edit": Line("places.edit", "house", "form"),
    "registry:tenants": Line("people.edit", "house", "form"),
    "registry:buildings": Line("people.see", way="count"),
    "registry:building": Line("people.see", "building"),
    "registry:building_new": Line("places.edit", way="form"),
    "registry:estate_new": Line("places.edit", way="form"),
    "registry:house_new": Line("places.edit", "building", "form"),
    # registry: quality
    "registry:quality": Line("people.see", way="count"),
    "registry:check": Line("people.see", way="count"),
    "registry:sweep": Line("quality.decide", way="deed"),
    "registry:verify_all": Line("people.edit", way="deed"),
    "registry:review_all": Line("people.edit", way="deed"),
    "registry:pair_different": Line("quality.decide", "pair", "deed"),
    "registry:pair_again": Line("quality.decide", "pair", "deed"),
}
