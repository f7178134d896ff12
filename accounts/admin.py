"""admin: who signs in, and with which roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.authors import own_author
from accounts.models import User
from accounts.roles import NAMES, ROLES
from accounts.signals import standing_changed

ROLES_HELP = gettext_lazy(
    "A contributor writes and sends for review; an author publishes their own; an editor everyone's, and keeps tags, "
    "authors, pages and imports; an administrator people too. Without a role there is no entry to the desk."
)


class RolesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(NAMES.get(obj.name, obj.name))


def _roles_field() -> RolesField:
    return RolesField(
        queryset=Group.objects.filter(name__in=ROLES),
        required=False,
        label=gettext_lazy("Roles"),
        help_text=ROLES_HELP,
        widget=forms.CheckboxSelectMultiple,
    )


def _standing(user: User, roles: Iterable[Group]) -> str:
    """What somebody may do, in a line: their roles, and whether they may sign in at all."""
    names = sorted(group.name for group in roles)
    marks = [
        mark for mark, true in (("superuser", user.is_superuser), ("closed", not user.is_active)) if true
    ]
    return ", ".join([*names, *marks])


class ChangeForm(UserChangeForm):  # type: ignore[type-arg]
    """No password here, not even its hash: a new one is set on a page of its own."""

    password = None  # type: ignore[assignment]  # how Django takes an inherited field away
    groups = _roles_field()


class RolesFilter(admin.RelatedFieldListFilter):
    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        found = super().field_choices(field, request, model_admin)
        return [(pk, NAMES.get(str(name), name)) for pk, name in found]


class PasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """Django's own, with its help in words that are translated."""

    # The list is what Django's own script shows and hides.
    usable_password_help_text = format_lazy(  # type: ignore[assignment]
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        gettext_lazy("Without a password nobody can sign in with this account."),
        gettext_lazy("The password that it has now is lost."),
    )


class AddForm(UserCreationForm):  # type: ignore[type-arg]
    groups = _roles_field()

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=name).exists():
            raise forms.ValidationError(_("A user with that name exists already."))
        return name


@admin.register(User)
class PeopleAdmin(UserAdmin):  # type: ignore[type-arg]  # it takes none when the program runs
    """Roles as groups; `is_staff` follows from them. Only a superuser can make or touch a superuser."""

    form = ChangeForm
    add_form = AddForm
    change_password_form = PasswordForm
    list_display = ("username", "full_name", "email", "roles", "is_active", "last_login")
    list_filter = (("groups", RolesFilter), "is_active")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined", "new_password")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        names = (_("Name that readers see"), {"fields": (("first_name", "last_name"),)})
        if obj is None:
            sign_in = ("username", "email", "password1", "password2")
            return [(_("Signing in"), {"fields": sign_in}), names, (_("Roles"), {"fields": ("groups",)})]
        may = (
            ("is_active", "groups", "is_superuser")
            if self._is_superuser(request)
            else ("is_active", "groups")
        )
        return [
            (_("Signing in"), {"fields": ("username", "email", "new_password")}),
            names,
            (_("Roles"), {"fields": may}),
            (_("Known of them"), {"fields": ("last_login", "date_joined")}),
        ]

    def _is_superuser(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def _touches(self, request: HttpRequest, obj: User | None) -> bool:
        return obj is None or not obj.is_superuser or self._is_superuser(request)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._touches(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Nobody deletes themselves: the last one would lock the door from outside."""
        return (
            super().has_delete_permission(request, obj)
            and self._touches(request, obj)
            and (obj is None or obj.pk != request.user.pk)
        )

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """People are deleted one by one."""
        return {}

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        return lookup.split("__")[0] in ("groups", "is_active") and not lookup.startswith(
            "groups__permissions"
        )

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        roles = form.cleaned_data.get("groups")
        if roles is not None:
            obj.is_staff = obj.is_superuser or bool(roles)
        standing = User.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        was = _standing(standing, standing.groups.all()) if standing is not None else ""
        became = _standing(obj, roles if roles is not None else obj.groups.all())
        if was != became:
            standing_changed.send(User, user=obj, by=request.user, was=was, became=became)
        if roles:
            own_author(obj)

    @admin.display(description=gettext_lazy("name"))
    def full_name(self, user: User) -> str:
        return user.get_full_name()

    @admin.display(description=gettext_lazy("roles"))
    def roles(self, user: User) -> str:
        names = [str(NAMES.get(group.name, group.name)) for group in user.groups.all()]
        return ", ".join([_("superuser"), *names] if user.is_superuser else names)

    @admin.display(description=gettext_lazy("password"))
    def new_password(self, user: User) -> str:
        return format_html('<a href="../password/">{}</a>', _("Set a new password"))


# Roles come from one table in the code; a group made by hand would be a fifth that nobody reads of.
admin.site.unregister(Group)
