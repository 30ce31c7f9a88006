"""What a page may say of its reader."""

from __future__ import annotations

from django import forms

from partners.live.presence import State


class SightingForm(forms.Form):
    """Where the reader of a page is and what they do there."""

    workspace = forms.UUIDField()
    page = forms.CharField(max_length=200, required=False)
    word = forms.IntegerField(min_value=0, max_value=2**31, required=False)
    canvas = forms.UUIDField(required=False)
    block = forms.SlugField(max_length=40, required=False)
    note = forms.UUIDField(required=False)
    state = forms.ChoiceField(choices=[(state.value, state.value) for state in State])
