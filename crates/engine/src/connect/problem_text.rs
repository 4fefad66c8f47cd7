//! What a person reads when nothing was connected: cause, next step, button.

use domain::views::{ConnectNext, ConnectProblem, ConnectProblemKind};

/// The words of a problem.
#[must_use]
pub fn problem(kind: ConnectProblemKind) -> ConnectProblem {
    let (lead, sentence, next_label, next) = words(kind);
    ConnectProblem {
        kind,
        lead: lead.into(),
        sentence: sentence.into(),
        next_label: next_label.into(),
        next,
        permissions: Vec::new(),
        pages: Vec::new(),
    }
}

type Words = (&'static str, &'static str, &'static str, ConnectNext);

const CONTINUE: &str = "Continue with Facebook";
const ACCOUNTS: &str = "Back to the accounts";

const fn words(kind: ConnectProblemKind) -> Words {
    use ConnectNext::{Accounts, Again, AskAgain, LookAgain};
    use ConnectProblemKind as Kind;
    match kind {
        Kind::Denied => (
            "Facebook did not give permission, so nothing was connected",
            "If you pressed Cancel: Concierge needs your permission to read and answer messages, and you can take it back at any time. If you did not: the Meta app may still be in development mode, which Facebook answers in the same way. Your operator can check that.",
            CONTINUE,
            Again,
        ),
        Kind::Incomplete => (
            "Facebook’s answer was incomplete",
            "A part of the address was missing, so nothing was connected. Start once more from here.",
            CONTINUE,
            Again,
        ),
        Kind::Foreign => (
            "This sign-in was not started in this browser",
            "For your safety nothing was connected. Start it here, and stay in the same browser until you are back.",
            CONTINUE,
            Again,
        ),
        Kind::Reused => (
            "This sign-in was used already",
            "Facebook’s answer works once. If your account is not in the list yet, connect it again.",
            CONTINUE,
            Again,
        ),
        Kind::Expired => (
            "That took more than ten minutes",
            "For your safety the sign-in at Facebook ends after ten minutes. Nothing was connected. Start once more.",
            CONTINUE,
            Again,
        ),
        Kind::SessionEnded => (
            "You were signed out of Concierge meanwhile",
            "So nothing was connected. You are signed in again now: start once more.",
            CONTINUE,
            Again,
        ),
        Kind::CodeUsed => (
            "Facebook’s answer was used or had expired",
            "Nothing was connected. This happens when the page is loaded twice or stays open for long. Start once more.",
            CONTINUE,
            Again,
        ),
        Kind::Misconfigured => (
            "Facebook does not know this Concierge",
            "The id or the secret of the Meta app is not right. Your operator has to correct CONCIERGE_META_APP_ID and CONCIERGE_META_APP_SECRET; `concierge doctor` says which.",
            CONTINUE,
            Again,
        ),
        Kind::AppUnavailable => (
            "Facebook does not offer this app to you",
            "Nothing was connected. The Meta app is not live, or it is in development and you have no role in it. Your operator has to switch it to live, or add you under App roles; starting once more changes nothing before that.",
            ACCOUNTS,
            Accounts,
        ),
        Kind::LoginRefused => (
            "Facebook refused the sign-in",
            "Nothing was connected. Facebook does not accept how the Meta app asks: its return address or a permission is not among the app’s settings. Your operator has to compare them; the log names Facebook’s number for it.",
            ACCOUNTS,
            Accounts,
        ),
        Kind::Unreachable => (
            "Facebook did not answer",
            "Nothing was connected and nothing is lost. Try again in a minute.",
            CONTINUE,
            Again,
        ),
        Kind::PermissionsMissing => (
            "A permission is missing",
            "Without it Concierge cannot read or answer messages. At Facebook, leave every tick in place for this Page.",
            "Ask Facebook again",
            AskAgain,
        ),
        Kind::NoPages => (
            "Facebook named no Page",
            "Either no Page was ticked, or this person manages none. Instagram lets a service answer DMs only through a Page that is linked to the account.",
            CONTINUE,
            AskAgain,
        ),
        Kind::NothingLinked => (
            "None of your Pages can be connected",
            "Instagram lets a service answer DMs only when the account is professional, linked to a Page, and you may write messages for that Page.",
            "Look again",
            LookAgain,
        ),
        Kind::ConnectedElsewhere => (
            "This account is connected to another workspace",
            "An account can answer from one place only. Ask the people there to disconnect it first; what you allowed is kept for an hour.",
            "Look again",
            LookAgain,
        ),
        Kind::ChoiceExpired => (
            "This choice is over",
            "What you allowed at Facebook was kept for an hour. Start once more.",
            CONTINUE,
            Again,
        ),
    }
}
