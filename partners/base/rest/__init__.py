"""What every REST resource has in common, knowing no feature: errors, bodies, pages of rows, filters, fields."""

from partners.base.rest.errors import answer_error, answer_json_error, error_body

__all__ = ["answer_error", "answer_json_error", "error_body"]
