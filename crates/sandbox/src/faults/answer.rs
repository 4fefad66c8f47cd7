//! Each fault's effect on one call: Meta's numbers and words are here and nowhere else.

use std::time::Duration;

use super::edge::Edge;
use super::kind::FaultKind;
use super::plan::{Plan, Verdict};
use super::spec::FaultSpec;
use crate::graph::error::GraphError;

/// Returns whether the fault changed the plan. Delays add up; the first verdict stays.
pub fn apply(plan: &mut Plan, spec: &FaultSpec, page: &str, edge: Edge, decided: bool) -> bool {
    match &spec.kind {
        FaultKind::Slow { ms, before: true } => plan.before += Duration::from_millis(*ms),
        FaultKind::Slow { ms, before: false } => plan.after += Duration::from_millis(*ms),
        _ if decided => return false,
        FaultKind::CutBefore => plan.verdict = Verdict::CutBefore,
        FaultKind::CutAfter => plan.verdict = Verdict::CutAfter,
        kind if edge == Edge::DebugToken => return on_debug_token(plan, kind, page),
        kind => {
            let Some(error) = error(kind, page) else {
                return false;
            };
            let accepted = spec.accepted || *kind == FaultKind::AcceptedWithError;
            plan.verdict = Verdict::Error {
                error: Box::new(error),
                accepted,
            };
        }
    }
    true
}

fn on_debug_token(plan: &mut Plan, kind: &FaultKind, page: &str) -> bool {
    plan.verdict = match kind {
        FaultKind::TokenExpired => Verdict::TokenDead { subcode: 463 },
        FaultKind::TokenRevoked { subcode } => Verdict::TokenDead { subcode: *subcode },
        FaultKind::PermissionRemoved | FaultKind::PermissionMissing => Verdict::ScopesGone,
        other => match error(other, page) {
            Some(error) => Verdict::Error {
                error: Box::new(error),
                accepted: false,
            },
            None => return false,
        },
    };
    true
}

fn error(kind: &FaultKind, page: &str) -> Option<GraphError> {
    Some(match kind {
        FaultKind::TokenExpired => dead_token(463),
        FaultKind::TokenRevoked { subcode } => dead_token(*subcode),
        FaultKind::PermissionRemoved => {
            GraphError::new(403, 10, "(#10) Application does not have permission for this action")
        }
        FaultKind::PermissionMissing => GraphError::new(
            403,
            200,
            "(#200) This app does not have the instagram_manage_messages permission.",
        ),
        FaultKind::MessagesAccessOff => GraphError::new(
            403,
            200,
            "(#200) The account owner has disabled access to instagram direct messages.",
        )
        .subcode(2_534_041),
        FaultKind::OutsideWindow => outside_window(),
        FaultKind::RecipientUnavailable { no_messages: false } => {
            GraphError::new(400, 551, "(#551) This person isn't available right now.").subcode(1_545_041)
        }
        FaultKind::RecipientUnavailable { no_messages: true } => {
            GraphError::new(403, 10, "(#10) This person can't receive your messages at this time.").subcode(2_018_108)
        }
        FaultKind::RateLimit { code, regain_minutes } => rate_limit(*code, *regain_minutes, page),
        FaultKind::ServerError { http_status } => GraphError::broken(*http_status),
        FaultKind::UnknownError => GraphError::new(500, 1, "An unknown error has occurred."),
        FaultKind::ServiceUnavailable => GraphError::new(
            500,
            2,
            "An unexpected error has occurred. Please retry your request later.",
        )
        .transient(true),
        FaultKind::AcceptedWithError => {
            GraphError::new(500, 1, "The endpoint returned an invalid JSON reply.").subcode(1_357_046)
        }
        FaultKind::PolicyBlock { restricted: false } => GraphError::new(
            400,
            368,
            "The action attempted has been deemed abusive or is otherwise disallowed",
        ),
        FaultKind::PolicyBlock { restricted: true } => GraphError::new(
            403,
            10,
            "(#10) This Page is temporarily restricted from sending messages.",
        )
        .subcode(1_893_063),
        FaultKind::NotThreadOwner => GraphError::new(
            400,
            100,
            "(#100) The app is not the owner of the thread and cannot send messages to it.",
        )
        .subcode(2_534_037),
        FaultKind::Error {
            http_status,
            code,
            subcode,
            is_transient,
        } => {
            let mut error = GraphError::new(*http_status, *code, format!("(#{code}) An error of the sandbox."));
            error.subcode = *subcode;
            error.is_transient = *is_transient;
            error
        }
        FaultKind::Slow { .. } | FaultKind::CutBefore | FaultKind::CutAfter | FaultKind::Unsubscribed => return None,
    })
}

/// 10/2534022: the 24 hours are over.
pub fn outside_window() -> GraphError {
    GraphError::new(403, 10, "(#10) This message is sent outside of allowed window.").subcode(2_534_022)
}

/// The 190 family; 0 stands for "no subcode".
pub fn dead_token(subcode: u32) -> GraphError {
    let error = GraphError::new(401, 190, dead_token_text(subcode));
    if subcode == 0 { error } else { error.subcode(subcode) }
}

/// Meta's sentence for a 190 subcode.
pub fn dead_token_text(subcode: u32) -> &'static str {
    match subcode {
        458 => "Error validating access token: The user has not authorized application.",
        459 => {
            "Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given."
        }
        460 => {
            "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons."
        }
        463 => "Error validating access token: Session has expired. The current time is past the end of the session.",
        464 => {
            "Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user."
        }
        467 => {
            "Error validating access token: This may be because the user logged out or may be due to a system error."
        }
        492 => {
            "Error validating access token: The user must be an administrator, editor, or moderator of the page in order to impersonate it."
        }
        _ => {
            "Any of the pages_read_engagement, pages_manage_metadata permission(s) must be granted before impersonating a user's page."
        }
    }
}

fn rate_limit(code: u32, minutes: u32, page: &str) -> GraphError {
    let message = match code {
        4 => "(#4) Application request limit reached",
        32 => "(#32) Page request limit reached",
        80_002 => "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.",
        _ => "(#613) Calls to this api have exceeded the rate limit.",
    };
    let error = GraphError::new(400, code, message).transient(true);
    if code == 4 {
        return error.header(
            "x-app-usage",
            r#"{"call_count":100,"total_time":31,"total_cputime":28}"#.to_owned(),
        );
    }
    let usage = format!(
        r#"{{"{page}":[{{"type":"instagram","call_count":100,"total_cputime":23,"total_time":25,"estimated_time_to_regain_access":{minutes}}}]}}"#
    );
    error.header("x-business-use-case-usage", usage)
}
