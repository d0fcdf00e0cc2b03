"""User (工作人员), Post (岗位) and SignIn (登录记录)."""

import datetime
import hashlib
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from liren.core.areas.models import Area, AreaQuerySet
from liren.core.duty.prepared import Given, Prepared, day, key

from .roles import LINES, ROLES, Role


class UserQuerySet(models.QuerySet["User"]):
    """Accounts, seen by who may manage them."""

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Oneself, and those who hold a post inside one's own reach."""
        posts = Post.objects.filter(area__in=Area.objects.visible_to(user))
        return self.filter(models.Q(pk=user.pk) | models.Q(pk__in=posts.values("user")))


class Accounts(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds accounts; they are made by actions only, and there are no superusers."""


class User(AbstractBaseUser):
    """User (工作人员): one account for one person; what they may do comes from their posts alone."""

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("工作电话", max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    preferences = models.JSONField(default=dict, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = Accounts()

    def __str__(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        """The given name, as colleagues say it."""
        return self.name

    @cached_property
    def current_posts(self) -> list["Post"]:
        """The posts held today, with their areas; asked once for each request."""
        if not self.is_active:
            return []
        held = _HELD(user=self.pk, today=timezone.localdate())
        for post in held:
            post.user = self
        return held

    def forget_posts(self) -> None:
        """Forgets what was asked once for this request: a post was given or ended."""
        for known in ("current_posts", "_scope", "community"):
            self.__dict__.pop(known, None)

    def reach(self) -> list[str]:
        """The paths of the areas in which this user works."""
        return [post.area.path for post in self.current_posts]

    @cached_property
    def _scope(self) -> tuple[list[int], list[int]]:
        own = [post for post in self.current_posts if not post.grants.system]
        grids = [post.area_id for post in own if post.area.level == Area.Level.GRID]
        high = [post.area for post in own if post.area.level != Area.Level.GRID]
        if all(area.level == Area.Level.COMMUNITY for area in high):
            return list({area.pk: area for area in sorted(high, key=attrgetter("path"))}), grids
        paths = [area.path for area in high]
        return list(Area.objects.inside(paths).communities().values_list("pk", flat=True)), grids

    def scope(self) -> tuple[list[int], list[int]]:
        """Ids of the communities seen whole, and of the grids seen one by one. System roles see no residents."""
        return self._scope

    def community_ids(self) -> list[int]:
        """Ids of the communities in which this user works, be it in one grid only; none for system roles."""
        whole, _ = self._scope
        parents = [post.area.parent_id for post in self.current_posts if post.area.level == Area.Level.GRID]
        return [*whole, *(pk for pk in parents if pk)]

    def can(self, ability: str, area: Area | None = None) -> bool:
        """Whether a current post allows this, in that area when one is named."""
        return any(
            ability in post.grants.abilities and (area is None or post.area.covers(area))
            for post in self.current_posts
        )

    def areas_for(self, ability: str) -> AreaQuerySet:
        """The areas, at every level, in which a current post allows this."""
        return Area.objects.inside([p.area.path for p in self.current_posts if ability in p.grants.abilities])

    def is_managed_by(self, manager: "User") -> bool:
        """Whether every post of this account lies where `manager` manages accounts: nobody takes over an account
        that can do more than they themselves decide on. One who left is managed where the last post was.
        """
        posts = self.current_posts or list(self.posts.select_related("area").order_by("-to_on", "-id")[:1])
        return bool(posts) and all(manager.can("accounts.manage", post.area) for post in posts)

    def lines_in(self, area: Area) -> set[str]:
        """The lines served in an area; every line for roles that see all."""
        lines: set[str] = set()
        for post in self.current_posts:
            if post.area.covers(area):
                lines |= set(LINES) if post.grants.all_lines else set(post.lines)
        return lines

    @cached_property
    def community(self) -> Area | None:
        """The community of the first post, shown beside the mark; the first below for those higher up."""
        for post in self.current_posts:
            if own := post.area.community():
                return own
        return Area.objects.visible_to(self).communities().first()

    @property
    def home(self) -> Area | None:
        """The community of the first post in a community or grid; None for those higher up. Where traces about
        this account belong.
        """
        return next((own for post in self.current_posts if (own := post.area.community())), None)

    def overseen(self) -> tuple[list[int], bool]:
        """Ids of the communities whose traces this user may read, and whether these are all there are: then also
        what belongs to no community.
        """
        areas = self.areas_for("trace.read").communities()
        ids = list(areas.values_list("pk", flat=True))
        return ids, bool(ids) and not Area.objects.communities().exclude(pk__in=ids).exists()

    @property
    def is_system(self) -> bool:
        """Whether this account holds one of the three system roles."""
        return any(post.grants.system for post in self.current_posts)

    @property
    def role_names(self) -> str:
        """The posts in words: 网格员（第三网格）."""
        return "、".join(f"{post.grants.name}（{post.area.name}）" for post in self.current_posts)


class PostQuerySet(models.QuerySet["Post"]):
    """Posts, by time."""

    def visible_to(self, user: User) -> "PostQuerySet":
        """Those in the areas of one's own reach."""
        return self.filter(area__in=Area.objects.visible_to(user))

    def during(self, start: datetime.date, end: datetime.date | None) -> "PostQuerySet":
        """Those that hold on any day of a span."""
        begun = self if end is None else self.filter(from_on__lte=end)
        return begun.filter(models.Q(to_on=None) | models.Q(to_on__gte=start))

    def current(self, on: datetime.date | Given | None = None) -> "PostQuerySet":
        """Those held on a day, today unless told."""
        on = on or timezone.localdate()
        return self.filter(models.Q(to_on=None) | models.Q(to_on__gte=on), from_on__lte=on)


_HELD = Prepared(
    lambda: Post.objects.current(day("today")).filter(user=key("user")).select_related("area__parent")
)


class Post(models.Model):
    """Post (岗位): a user holds a role in an area for some lines, from a day to a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    area = models.ForeignKey(Area, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=[(r.key, r.name) for r in ROLES.values()])
    lines = models.JSONField(default=list, blank=True)
    from_on = models.DateField(default=timezone.localdate)
    to_on = models.DateField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="post_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.grants.name} {self.area}"

    @property
    def grants(self) -> Role:
        """What this role may do."""
        return ROLES[self.role]

    @property
    def line_names(self) -> str:
        """The lines in words."""
        return "、".join(LINES[line] for line in self.lines if line in LINES)


def session_hash(key: str) -> str:
    """How a sign-in names its session: who reads the table cannot take the session over."""
    return hashlib.sha256(key.encode()).hexdigest()


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Sign-ins: each seen by its owner alone."""

    def visible_to(self, user: User) -> "SignInQuerySet":
        """One's own."""
        return self.filter(user=user)

    def open(self) -> "SignInQuerySet":
        """Those that nobody ended."""
        return self.filter(ended_at=None)


class SignIn(models.Model):
    """SignIn (登录记录): one session of one account on one device; its owner can end it from any other."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins")
    session_hash = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60)
    address = models.CharField(max_length=45)
    at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.device} {self.at:%F %T}"


class SetupCode(models.Model):
    """SetupCode (初始设置码): printed once at the first start without a demo; only its hash is kept."""

    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.made_at:%F %T}"
