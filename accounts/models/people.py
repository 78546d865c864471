"""Who: organisations, people, and the roles they hold."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.roles import FOR_A_COMPANY, IN_AN_AUTHORITY, Role


class OrganisationKind(models.TextChoices):
    """Which side of a procurement an organisation stands on."""

    AUTHORITY = "authority", "Authority"
    SUPPLIER = "supplier", "Supplier"


class OrganisationQuerySet(models.QuerySet):
    """Finds organisations."""

    def of_bidder(self, user):
        """The companies this person bids for."""
        held = Membership.objects.filter(user=user, role__in=FOR_A_COMPANY)
        return self.filter(pk__in=held.values("organisation"))


class Organisation(models.Model):
    """A public authority that buys, or a company, charity or social enterprise that supplies."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=OrganisationKind.choices)
    created_at = models.DateTimeField()

    objects = OrganisationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def is_authority(self) -> bool:
        return self.kind == OrganisationKind.AUTHORITY


class UserManager(BaseUserManager):
    """Makes people who sign in by e-mail."""

    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A person who signs in by e-mail. Roles are held in organisations, never here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    full_name = models.CharField(max_length=150)
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email


class MembershipQuerySet(models.QuerySet):
    """Finds who holds what, where."""

    def visible_to(self, user):
        """Those of the authorities this person administers or companies they bid for; one's own."""
        where = self.model.objects.filter(user=user, role__in=(Role.ADMINISTRATOR, Role.BIDDER))
        return self.filter(Q(organisation__in=where.values("organisation")) | Q(user=user))


class Membership(models.Model):
    """One role a person holds in one organisation; several rows for several roles."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField(
        max_length=20,
        choices=[(r.value, r.label) for r in (*IN_AN_AUTHORITY, *FOR_A_COMPANY)],
    )
    since = models.DateTimeField()
    # First put to work on something of this organisation: refusals to this person may
    # from then on admit that a page exists.
    engaged_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"],
                name="a_role_is_held_once_in_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.organisation}"


class Dealing(models.Model):
    """An authority that has received a bid from a company, so that each knows the other.

    A refusal between them says "not allowed"; to every other company the same page
    does not exist.
    """

    authority = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    supplier = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "supplier"], name="one_dealing_per_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} deals with {self.authority}"
