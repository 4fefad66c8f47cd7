//! A deployment that is measured: its tenants, the Graph it calls, and its servers.

use std::net::SocketAddr;

use sandbox::SeededPage;

use crate::databases::DatabaseKind;
use crate::deployment::{Deployment, Shop};
use crate::graph::Graph;
use crate::server_process::{ServerProcess, free_address};

/// More than any question sends.
const CREDITS: i64 = 10_000_000;
const RULES: [(&str, &str); 2] = [("hours", "We are open from 9 to 6."), ("price", "It costs 20 euros.")];

pub struct Site {
    pub kind: DatabaseKind,
    pub deployment: Deployment,
    pub shops: Vec<Shop>,
    pub graph: Graph,
}

impl Site {
    pub async fn with_tenants(kind: &DatabaseKind, tenants: usize) -> Self {
        let graph = Graph::default();
        let deployment = Deployment::new(&kind.create().await, &graph.start().await, "");
        let shops = deployment
            .create_shops((0..tenants).map(page).collect(), CREDITS, &RULES)
            .await;
        Self {
            kind: kind.clone(),
            deployment,
            shops,
            graph,
        }
    }

    /// A server with all its duties, when it is ready.
    pub async fn serve(&self) -> (SocketAddr, ServerProcess) {
        self.serve_as("all").await
    }

    pub async fn serve_as(&self, role: &str) -> (SocketAddr, ServerProcess) {
        let address = free_address();
        let mut server = self.deployment.serve(address, role);
        server.ready().await;
        (address, server)
    }

    /// Removes its database; its servers have ended.
    pub async fn remove(self) {
        self.kind.drop(&self.deployment.database_url).await;
    }
}

fn page(number: usize) -> SeededPage {
    SeededPage {
        page_id: format!("1094420177{number:05}"),
        ig_id: Some(format!("178414600933{number:05}")),
        username: Some(format!("shop.{number}")),
        name: format!("Shop {number}"),
        token: format!("EAAbench{number:05}"),
    }
}
