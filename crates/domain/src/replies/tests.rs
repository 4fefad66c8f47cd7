//! The arrows of a reply and its two timetables.
