"""Other forms of what is asked: how it may have been misread, and what means the same."""

from search.forms.misread import LIMIT, Form, Forms, misread_forms
from search.forms.synonyms import synonyms

__all__ = ["LIMIT", "Form", "Forms", "misread_forms", "synonyms"]
