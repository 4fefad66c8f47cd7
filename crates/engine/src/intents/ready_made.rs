//! Intents to start a rule from.

use domain::views::ReadyMadeIntent;

/// All of them, in the order in which they are offered.
#[must_use]
pub fn ready_made_intents() -> Vec<ReadyMadeIntent> {
    let intent = |id: &str, label: &str, description: &str, examples: [&str; 3]| ReadyMadeIntent {
        id: id.into(),
        label: label.into(),
        description: description.into(),
        examples: examples.map(Into::into).into(),
    };
    vec![
        intent(
            "opening_hours",
            "Opening hours",
            "wants to know when we are open",
            [
                "are you open today?",
                "until what time are you open",
                "¿a qué hora abren?",
            ],
        ),
        intent(
            "prices",
            "Prices",
            "wants to know what something costs",
            ["how much is it?", "what do you charge", "was kostet das?"],
        ),
        intent(
            "booking",
            "Booking",
            "wants to book an appointment or a table",
            [
                "do you have a table for two tonight?",
                "can I get an appointment",
                "quiero reservar una cita",
            ],
        ),
    ]
}
