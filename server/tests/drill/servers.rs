//! The servers of a drill: killed at random moments, started again on the same address.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use rand::RngExt;
use rand::rngs::StdRng;

use crate::deployment::Deployment;
use crate::server_process::{ServerProcess, free_address};

/// After a kill nobody is there for at most so long.
const LONGEST_ABSENCE_MS: u64 = 300;

/// A Meta that no longer takes the app secret is noticed by then.
const NOTICED_WITHIN: Duration = Duration::from_secs(60);

pub struct Servers<'a> {
    deployment: &'a Deployment,
    running: Vec<ServerProcess>,
    addresses: Vec<SocketAddr>,
}

impl<'a> Servers<'a> {
    pub async fn start(deployment: &'a Deployment, count: usize) -> Self {
        let addresses: Vec<SocketAddr> = (0..count).map(|_| free_address()).collect();
        let mut servers = Self {
            deployment,
            running: Vec::new(),
            addresses,
        };
        for address in servers.addresses.clone() {
            let mut server = deployment.serve(address, "all");
            server.ready().await;
            servers.running.push(server);
        }
        servers
    }

    pub fn webhook_urls(&self) -> Vec<String> {
        self.addresses
            .iter()
            .map(|address| format!("http://{address}/webhook/instagram"))
            .collect()
    }

    /// Kills one server, sometimes while it still starts, and starts it again.
    pub async fn kill_one(&mut self, rng: &mut StdRng, within: Duration) {
        let victim = rng.random_range(0..self.running.len());
        if rng.random_bool(0.8) {
            self.running[victim].ready().await;
        }
        let moment = rng.random_range(0..=u64::try_from(within.as_millis()).unwrap_or(u64::MAX));
        tokio::time::sleep(Duration::from_millis(moment)).await;
        self.running.remove(victim).kill();
        tokio::time::sleep(Duration::from_millis(rng.random_range(0..=LONGEST_ABSENCE_MS))).await;
        self.running
            .insert(victim, self.deployment.serve(self.addresses[victim], "all"));
    }

    /// Stops each as an operator would, and starts it again with what is configured now.
    pub async fn restart(&mut self) {
        for (number, address) in self.addresses.clone().into_iter().enumerate() {
            let status = self.running.remove(number).stop();
            assert!(status.success(), "SIGTERM ends a server with exit code 0, not {status}");
            let mut server = self.deployment.serve(address, "all");
            server.ready().await;
            self.running.insert(number, server);
        }
    }

    /// Waits until one of them says that Meta refuses this deployment.
    pub async fn refused_by_meta(&self) {
        let started = Instant::now();
        loop {
            for server in &self.running {
                if server.readiness().await["meta"] == "refuses this deployment" {
                    return;
                }
            }
            assert!(
                started.elapsed() < NOTICED_WITHIN,
                "no server notices that Meta refuses its secret"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    pub async fn ready(&mut self) {
        for server in &mut self.running {
            server.ready().await;
        }
    }

    /// Stops them as an operator would; each must end well.
    pub fn stop(self) {
        for server in self.running {
            let status = server.stop();
            assert!(status.success(), "SIGTERM ends a server with exit code 0, not {status}");
        }
    }

    pub fn log_ends(&self) -> String {
        let ends: Vec<String> = self.running.iter().map(ServerProcess::log_end).collect();
        ends.join("\n---\n")
    }
}
