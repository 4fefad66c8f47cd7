//! docs/meta-app.md, followed step by step: the real binary, a browser, and the sandbox in Meta's place.

mod operator;
mod text;

use std::time::Duration;

use app::endpoints;
use sandbox::{Dm, LoginDecision, Sandbox, SandboxConfig, SandboxHandle};
use serde_json::Value;

use crate::shared::eventually;
use operator::{Browser, Operator, client};
use text::Guide;

const APP_ID: &str = "684771020934512";
const APP_SECRET: &str = "the-app-secret-of-the-dashboard";
const VERIFY_TOKEN: &str = "a-verify-token";
/// Only Facebook Login for Business has one.
const OPTIONAL: &str = "CONCIERGE_META_LOGIN_CONFIG_ID";
const PATIENCE: Duration = Duration::from_secs(20);
const CANARY: &str = "Zwetschgenröster canary";

/// Whoever follows the guide, where they are, and what they see.
struct Reader {
    guide: Guide,
    meta: SandboxHandle,
    operator: Operator,
    browser: Browser,
}

#[test]
fn the_guide_has_these_steps_and_speaks_of_settings_that_exist() {
    let guide = Guide::open();
    assert_eq!(
        guide.steps(),
        [
            "1. The app",
            "2. Permissions, and why each",
            "3. Addresses",
            "4. The Instagram account",
            "5. Connect",
            "6. Development mode, and the way out of it",
            "7. App Review"
        ]
    );
    let example = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example")).unwrap();
    for setting in guide.settings() {
        assert!(example.contains(setting), "{setting} is not in .env.example");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn following_the_guide_leads_to_a_connection_that_answers() {
    follow_the_guide(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn following_it_with_facebook_login_for_business_does_too() {
    follow_the_guide(Some("1092837465564738")).await;
}

async fn follow_the_guide(login_config: Option<&str>) {
    let meta = Sandbox::start(SandboxConfig::new(APP_ID, APP_SECRET)).await.unwrap();
    let mut settings = vec![
        ("CONCIERGE_META_APP_ID", APP_ID),
        ("CONCIERGE_META_APP_SECRET", APP_SECRET),
        ("CONCIERGE_META_VERIFY_TOKEN", VERIFY_TOKEN),
    ];
    settings.extend(login_config.map(|id| (OPTIONAL, id)));
    let operator = Operator::new(&meta.base_url(), &settings);
    let server = operator.serve().await;
    let mut reader = Reader {
        guide: Guide::open(),
        meta: meta.handle(),
        browser: Browser::new(&operator.base_url),
        operator,
    };
    reader.the_app_is_known().await;
    reader.set_up().await;
    reader.enter_the_addresses().await;
    let account = reader.connect(login_config).await;
    reader.let_it_answer(&account).await;
    reader.test_live(&account).await;
    reader.everything_is_well(&account).await;
    reader.ask_for_deletion().await;
    drop(server);
    reader.nothing_secret_was_written_or_shown();
}

impl Reader {
    /// Step 1.
    async fn the_app_is_known(&self) {
        for setting in self.guide.settings() {
            assert!(
                self.operator.knows(setting) || setting == OPTIONAL,
                "{setting} is not set"
            );
        }
        // A server answers before it has planned the checks of the day.
        let report = eventually("the doctor finds everything well", || async {
            let (well, report) = self.operator.run(&["doctor"]);
            well.then_some(report)
        })
        .await;
        assert!(
            report.contains("Meta accepts the app’s id, secret and proof."),
            "{report}"
        );
        assert!(report.contains("Webhook handshake: Not seen yet."), "{report}");
    }

    async fn set_up(&mut self) {
        self.browser.page("/setup").await;
        let admin = [
            ("code", &*self.operator.set_up_code()),
            ("tenant_name", "Copper Kettle"),
            ("email", "owner@kettle.example"),
            ("password", "a long password"),
        ];
        self.browser.call(endpoints::SET_UP, &admin).await;
        self.browser.page("/admin").await;
    }

    /// Step 3: what the dashboard does with the addresses that it is given.
    async fn enter_the_addresses(&mut self) {
        let base_url = self.operator.base_url.clone();
        let webhook = self.guide.address("Callback URL", &base_url);
        let handshake =
            format!("{webhook}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY_TOKEN}");
        let answer = client().get(handshake).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "1158201444");
        self.meta.set_webhook_url(webhook);
        // The sandbox calls these two beside the webhook.
        for (name, path) in [
            ("Deauthorize callback URL", "/meta/deauthorize"),
            ("Data deletion", "/meta/data-deletion"),
        ] {
            assert_eq!(self.guide.address(name, &base_url), format!("{base_url}{path}"));
        }
        eventually("the doctor knows of the handshake", || async {
            let (well, report) = self.operator.run(&["doctor"]);
            (well && report.contains("Webhook handshake: Seen")).then_some(())
        })
        .await;
    }

    /// Step 5, with the permissions of step 2.
    async fn connect(&mut self, login_config: Option<&str>) -> String {
        let page = self.meta.pages().swap_remove(0);
        let everything = LoginDecision::everything().only(&[&page.page_id]);
        self.meta.decide_logins(Some(everything));
        let dialog = self.browser.follow(&self.to_us("/instagram/connect")).await;
        self.dialog_asks_for_what_the_guide_says(&dialog, login_config);
        let back = self.browser.follow(&dialog).await;
        let redirect = self.guide.address("Valid OAuth Redirect URIs", &self.operator.base_url);
        assert!(back.starts_with(&format!("{redirect}?")), "{back}");
        let result = self.browser.follow(&back).await;
        let result = self.browser.page(&result).await;
        assert!(result.contains("Connected"), "{result}");

        let listed = self.browser.call(endpoints::LOAD_ACCOUNTS, &[]).await;
        let brief = &listed["accounts"][0]["brief"];
        assert_eq!(brief["username"].as_str(), page.username.as_deref());
        brief["id"].as_str().unwrap().to_owned()
    }

    fn dialog_asks_for_what_the_guide_says(&self, dialog: &str, login_config: Option<&str>) {
        let query = dialog.split_once('?').unwrap().1;
        let value = |name: &str| {
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
        };
        assert_eq!(value("config_id").as_deref(), login_config);
        if login_config.is_none() {
            let asked = value("scope").unwrap();
            let mut asked: Vec<_> = asked.split(',').collect();
            let mut listed = self.guide.permissions();
            asked.sort_unstable();
            listed.sort_unstable();
            assert_eq!(asked, listed);
        }
    }

    async fn let_it_answer(&mut self, account: &str) {
        let text = format!("Thanks! {CANARY}");
        let reply = [("account", account), ("version", "1"), ("canned", &*text)];
        self.browser.call(endpoints::SAVE_DEFAULT_REPLY, &reply).await;
        let on = [("account", account), ("enabled", "true")];
        self.browser.call(endpoints::SWITCH_AUTO_REPLY, &on).await;
        assert!(self.guide.tells_to_run(5, "concierge credits grant"));
        let slug = self.browser.call(endpoints::LOAD_SETTINGS, &[]).await["slug"].clone();
        let grant = [
            "credits",
            "grant",
            "--tenant",
            slug.as_str().unwrap(),
            "--amount",
            "100",
        ];
        let (granted, said) = self.operator.run(&[&grant[..], &["--note", "First credits"]].concat());
        assert!(granted, "{said}");
    }

    async fn test_live(&mut self, account: &str) {
        let which = [("account", account)];
        self.browser.call(endpoints::START_LIVE_TEST, &which).await;
        let begun = self.browser.call(endpoints::LOAD_LIVE_TEST, &which).await;
        assert_eq!(
            (&begun["arrived"], &begun["answered"]),
            (&Value::Bool(false), &Value::Bool(false))
        );

        let customer = Dm::text(
            self.meta.pages()[0].page_id.clone(),
            "yuki.maps",
            format!("Hello {CANARY}"),
        );
        self.meta.dm(customer).unwrap();
        let sent = self.meta.wait_for_sent(1, PATIENCE).await;
        assert_eq!(sent.len(), 1, "the reply went out");
        let browser = tokio::sync::Mutex::new(&mut self.browser);
        eventually("the live test turns green", || async {
            let state = browser.lock().await.call(endpoints::LOAD_LIVE_TEST, &which).await;
            (state["answered"] == true).then_some(())
        })
        .await;
    }

    async fn everything_is_well(&mut self, account: &str) {
        let which = [("account", account)];
        let connection = self.browser.call(endpoints::LOAD_ACCOUNT, &which).await["connection"].clone();
        let lines = connection["lines"].as_array().unwrap();
        for line in lines {
            assert!(line["state"] == "ok" || line["state"] == "info", "{line}");
        }
        // The Page calls some fields by another name.
        let page_names = |field: &&str| match *field {
            "messaging_seen" => "message_reads".to_owned(),
            "messaging_referral" | "messaging_handover" => format!("{field}s"),
            field => field.to_owned(),
        };
        let subscribed = self.meta.subscribed(&self.meta.pages()[0].page_id);
        for field in self.guide.fields().iter().map(page_names) {
            assert!(subscribed.contains(&field), "{field} is not among {subscribed:?}");
        }
        for path in ["/admin", "/admin/health", "/admin/messages", "/admin/credits"] {
            self.browser.page(path).await;
        }
        self.browser.page(&format!("/admin/instagram/{account}")).await;
        let (well, report) = self.operator.run(&["doctor"]);
        assert!(well, "{report}");
        assert!(self.operator.run(&["tokens", "check"]).0);
        assert!(self.operator.run(&["credits", "verify"]).0);
    }

    /// Step 3 once more: the two callbacks.
    async fn ask_for_deletion(&mut self) {
        let answer = self.meta.request_data_deletion(sandbox::USER_ID).await.unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
        let url: Value = serde_json::from_str(&answer.body).unwrap();
        let status = url["url"]
            .as_str()
            .unwrap()
            .strip_prefix(&self.operator.base_url)
            .unwrap()
            .to_owned();
        self.browser.page(&status).await;
        assert_eq!(self.meta.deauthorize(sandbox::USER_ID).await.unwrap().status, 200);
    }

    fn nothing_secret_was_written_or_shown(&self) {
        let written = self.operator.everything_written();
        let holds = |text: &str| written.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(
            holds("/instagram/callback") && holds("copperkettle.coffee"),
            "the search sees log and database"
        );
        for secret in ["EAASandbox", "AQSandbox", APP_SECRET, VERIFY_TOKEN, "a long password"] {
            assert!(!holds(secret), "{secret} was written down");
            assert!(!self.browser.shown.contains(secret), "{secret} was shown");
        }
        assert!(
            !holds(&format!("Hello {CANARY}")),
            "what a customer wrote was written down"
        );
    }

    fn to_us(&self, path: &str) -> String {
        format!("{}{path}", self.operator.base_url)
    }
}
