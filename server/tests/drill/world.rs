//! What every drill starts from and how it ends: a database, the sandbox as Meta and as the AI provider, shops with rules and credits.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use sandbox::{AiCall, AiFault, RetryPolicy, Sandbox, SandboxConfig, SandboxHandle};

use crate::accident::Accident;
use crate::databases::DatabaseKind;
use crate::deployment::{APP_ID, APP_SECRET, Deployment, Shop};
use crate::plan::{AI_RULE, PERSONA, PROMPT, RULES};
use crate::traffic::Written;
use crate::verdict::{self, Verdict};

/// A fifth to a third of the real times, in the same order: a Graph call ends before the first look-up, a claim outlasts both.
const SETTINGS: &str = "[timings]
claim_ms = 4000
claim_reserve_ms = 2000
graph_timeout_ms = 1500
retry_delays_ms = [200, 400, 800, 1000, 1000]
retry_then_every_ms = 1000
lookup_delays_ms = [700, 1500, 3000]
lookup_then_every_ms = 2000
sweep_ms = 300
";
/// So long the AI takes for an answer, so that kills meet it.
const AI_THINKS_MS: u64 = 400;
/// So long nothing may come to an end. A killed server of several leaves its jobs locked until it was silent for half a minute.
const PATIENCE: Duration = Duration::from_secs(150);
/// The sandbox starts with so many shops.
const SEEDED_SHOPS: usize = 2;

pub struct World {
    kind: DatabaseKind,
    sandbox: Sandbox,
    pub deployment: Deployment,
    pub shops: Vec<Shop>,
}

impl World {
    /// Two shops with credits for `dms` DMs each, and as many again.
    pub async fn set_up(kind: &DatabaseKind, dms: usize) -> Self {
        Self::with_accident(kind, Accident::Kills, &[dms * 2; SEEDED_SHOPS]).await
    }

    /// A shop for each sum of credits, and a Meta to whom this happens.
    pub async fn with_accident(kind: &DatabaseKind, accident: Accident, grants: &[usize]) -> Self {
        let mut world = Self::new(kind, accident, grants).await;
        let url = world.sandbox.base_url();
        world.deployment = world.deployment.with_ai_at(&url);
        let rule = RULES[AI_RULE].0;
        world.deployment.answer_by_ai(&world.shops, rule, PERSONA, PROMPT).await;
        world.meta().ai().fault(AiFault::Slow { ms: AI_THINKS_MS });
        world
    }

    /// Two shops, for releases that know nothing of AI.
    pub async fn without_ai(kind: &DatabaseKind, dms: usize) -> Self {
        Self::new(kind, Accident::Kills, &[dms * 2; SEEDED_SHOPS]).await
    }

    async fn new(kind: &DatabaseKind, accident: Accident, grants: &[usize]) -> Self {
        let sandbox = Sandbox::start(patient_meta(accident))
            .await
            .expect("the sandbox starts");
        accident.begin(&sandbox.handle());
        let further = u32::try_from(grants.len() - SEEDED_SHOPS).expect("a small number");
        sandbox.handle().add_pages(1, further);
        let deployment = Deployment::new(&kind.create().await, &sandbox.base_url(), SETTINGS);
        let grants = grants.iter().map(|sum| i64::try_from(*sum).expect("a small number"));
        let grants: Vec<i64> = grants.collect();
        let pages = sandbox.handle().pages();
        let shops = deployment.create_shops_granted(pages, &grants, &RULES[..AI_RULE]).await;
        Self {
            kind: kind.clone(),
            sandbox,
            deployment,
            shops,
        }
    }

    pub fn meta(&self) -> SandboxHandle {
        self.sandbox.handle()
    }

    /// Waits until every DM has a final state and every delivery is acknowledged, as far as that comes to pass.
    pub async fn at_rest(&self, sent: &HashMap<String, Written>, kills: usize) -> Verdict {
        let database = self.deployment.open().await;
        let meta = self.meta();
        let (mut last_step, mut unsettled) = (Instant::now(), usize::MAX);
        let verdict = loop {
            let acknowledged = meta.settled(Duration::ZERO).await;
            let verdict = verdict::evaluate(&database, &self.shops, sent, &meta.sent()).await;
            if verdict.lost.len() < unsettled {
                (last_step, unsettled) = (Instant::now(), verdict.lost.len());
            }
            if (unsettled == 0 && acknowledged) || last_step.elapsed() > PATIENCE {
                break verdict;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        };
        let asked = meta.ai().requests_for(AiCall::Reply);
        let verdict = verdict.with_questions(&database, &asked, kills).await;
        database.close().await;
        verdict
    }

    pub async fn close(self) {
        self.kind.drop(&self.deployment.database_url).await;
        self.sandbox.shutdown().await;
    }
}

/// Meta delivers again for as long as a drill lasts.
fn patient_meta(accident: Accident) -> SandboxConfig {
    let mut config = SandboxConfig::new(APP_ID, APP_SECRET);
    let delays = [50, 100, 200, 400, 800]
        .into_iter()
        .chain(std::iter::repeat_n(1000, 120));
    config.retry = RetryPolicy {
        delays: delays.map(Duration::from_millis).collect(),
        timeout: Duration::from_secs(5),
    };
    accident.prepare(&mut config);
    config
}
