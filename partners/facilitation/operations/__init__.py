"""Leading the room. All are for facilitators, take effect on every open page at once, and are one change each."""

from partners.facilitation.operations.session import (
    add_minute,
    begin_step,
    gather,
    land_guests,
    pause_timer,
    resume_timer,
    show_figures,
    show_on_wall,
    start_timer,
    stop_timer,
)

__all__ = [
    "add_minute",
    "begin_step",
    "gather",
    "land_guests",
    "pause_timer",
    "resume_timer",
    "show_figures",
    "show_on_wall",
    "start_timer",
    "stop_timer",
]
