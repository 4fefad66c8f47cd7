//! The addresses of `/api`, for forms, queries, the server's table of routes and tests.
//!
//! A constant has the name of its server function. The function's attribute repeats the address, because `#[server]` takes only
//! literals; a test compares both with the table of routes (`server/tests/it/routes.rs`).

macro_rules! server_fns {
    ($($NAME:ident = $path:literal;)+) => {
        $(pub const $NAME: &str = concat!("/api/", $path);)+
        /// Every server function.
        pub const SERVER_FNS: &[&str] = &[$($NAME),+];
    };
}

/// Topics that changed, as server-sent events.
pub const EVENTS: &str = "/api/events";

server_fns! {
    LOAD_AUTH_STATE = "session/state";
    SIGN_IN = "session/login";
    SIGN_OUT = "session/logout";
    SET_UP = "session/setup";
    CHOOSE_THEME = "session/theme";
    LOAD_PRIVACY = "public/privacy";
    LOAD_DELETION = "public/deletion";
    LOAD_RAIL = "frame/rail";
    LOAD_NAMES = "frame/names";
    LOAD_OVERVIEW = "overview/load";
    LOAD_ACCOUNTS = "accounts/list";
    LOAD_ACCOUNT = "accounts/load";
    ENABLE_ACCOUNT = "accounts/enable";
    SWITCH_AUTO_REPLY = "accounts/auto-reply";
    SAVE_DEFAULT_REPLY = "accounts/default-reply";
    SAVE_DEFAULT_REPLY_FREQUENCY = "accounts/default-reply-frequency";
    SAVE_QUIET_HOURS = "accounts/quiet-hours";
    SAVE_AI_FALLBACK = "accounts/ai-fallback";
    SWITCH_AI_MEMORY = "accounts/ai-memory";
    LOAD_CUSTOMER_NAMES = "accounts/customer-names";
    RESUME_CONVERSATION = "accounts/resume";
    CHECK_ACCOUNT = "accounts/check";
    DISCONNECT_ACCOUNT = "accounts/disconnect";
    START_LIVE_TEST = "accounts/test";
    LOAD_LIVE_TEST = "accounts/test-state";
    LOAD_CONNECT = "connect/load";
    CHOOSE_PAGES = "connect/choose";
    LOOK_AGAIN = "connect/look-again";
    LOAD_HEALTH = "health/load";
    CHECK_ALL_ACCOUNTS = "health/check";
    LOAD_RULES = "rules/load";
    LOAD_READY_MADE_INTENTS = "rules/intent-library";
    ADD_RULE = "rules/add";
    ADD_STARTER = "rules/add-starter";
    DUPLICATE_RULE = "rules/duplicate";
    SAVE_RULE = "rules/save";
    TOGGLE_RULE = "rules/toggle";
    DELETE_RULE = "rules/delete";
    RESTORE_RULE = "rules/restore";
    MOVE_RULE = "rules/move";
    SWITCH_CHOSEN = "rules/switch-chosen";
    MOVE_CHOSEN = "rules/move-chosen";
    DELETE_CHOSEN = "rules/delete-chosen";
    RESTORE_CHOSEN = "rules/restore-chosen";
    COPY_CHOSEN = "rules/copy-chosen";
    LOAD_HISTORY = "rules/history";
    PREVIEW_GOING_BACK = "rules/preview-going-back";
    GO_BACK = "rules/go-back";
    IMPORT_RULES = "rules/import";
    PREVIEW_COPY = "rules/preview-copy";
    COPY_RULES = "rules/copy";
    LOAD_SIMULATOR = "rules/workshop";
    SIMULATE_MESSAGE = "rules/simulate";
    WRITE_ANSWER = "rules/write-answer";
    ADD_EXAMPLE = "rules/add-example";
    DELETE_EXAMPLE = "rules/delete-example";
    CHECK_PROMPT_AGAIN = "rules/check-prompt-again";
    LOAD_PERSONA = "persona/load";
    SAVE_PERSONA = "persona/save";
    RESTORE_PERSONA = "persona/restore";
    CHECK_PERSONA_AGAIN = "persona/check-again";
    COMPARE_PERSONAS = "persona/compare";
    TRY_PERSONA = "persona/try";
    LOAD_MESSAGES = "messages/load";
    LOAD_CREDITS = "credits/load";
    LOAD_SETTINGS = "settings/load";
    SAVE_TENANT = "settings/tenant";
    SAVE_DISCLOSURE = "settings/disclosure";
    CHANGE_PASSWORD = "settings/password";
    LOAD_WEBHOOKS = "webhooks/load";
    ADD_WEBHOOK = "webhooks/add";
    SAVE_WEBHOOK = "webhooks/save";
    SWITCH_WEBHOOK = "webhooks/switch";
    ROTATE_WEBHOOK_SECRET = "webhooks/rotate";
    HIDE_WEBHOOK_SECRET = "webhooks/hide-secret";
    TEST_WEBHOOK = "webhooks/test";
    DELETE_WEBHOOK = "webhooks/delete";
    CREATE_API_KEY = "settings/create-api-key";
    REVOKE_API_KEY = "settings/revoke-api-key";
}
