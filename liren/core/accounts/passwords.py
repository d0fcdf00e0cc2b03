"""Passwords (密码): what is asked of a new one, said so that it helps."""

from typing import Any

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError


class LongEnough(MinimumLengthValidator):
    """Length matters more than odd characters."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuses short passwords."""
        if len(password) < self.min_length:
            raise ValidationError(
                f"密码至少 {self.min_length} 位。想一句好记的话最省事", code="password_too_short"
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return f"至少 {self.min_length} 位"
