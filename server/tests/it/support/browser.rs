//! A visitor: keeps the cookie, says where requests come from, reads answers whole.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use http::{HeaderMap, Method, Request, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt;
use url::form_urlencoded::Serializer;

const HTML: &str = "text/html,application/xhtml+xml,*/*;q=0.8";
const JSON: &str = "application/json";

/// One visitor with one cookie jar.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    origin: String,
    pub cookies: Vec<(String, String)>,
    pub address: IpAddr,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// Where it leads, for redirects.
    pub fn location(&self) -> &str {
        self.header("location")
    }
}

impl Browser {
    pub fn new(router: &Router, origin: &str) -> Self {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        Self {
            router: router.clone(),
            origin: origin.to_owned(),
            cookies: Vec::new(),
            address,
        }
    }

    /// Opens a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path, HTML).body(Body::empty()).unwrap())
            .await
    }

    /// Calls a server function as the WebAssembly does.
    pub async fn call(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path, JSON)
            .header(header::ORIGIN, &self.origin);
        self.send(with_form(request, fields)).await
    }

    /// Posts a form of the page `from` as a browser without WebAssembly does.
    pub async fn post(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = self
            .request(Method::POST, path, HTML)
            .header(header::ORIGIN, &self.origin)
            .header(header::REFERER, format!("{}{from}", self.origin));
        self.send(with_form(request, fields)).await
    }

    /// A request that the caller finishes.
    pub fn request(&self, method: Method, path: &str, accept: &str) -> http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, accept);
        for (name, value) in &self.cookies {
            request = request.header(header::COOKIE, format!("{name}={value}"));
        }
        request.header(header::HOST, self.origin.split("://").nth(1).unwrap())
    }

    pub async fn send(&mut self, mut request: Request<Body>) -> Answer {
        request
            .extensions_mut()
            .insert(ConnectInfo(SocketAddr::new(self.address, 50_000)));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookies(&parts.headers);
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            self.cookies.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }
}

fn with_form(request: http::request::Builder, fields: &[(&str, &str)]) -> Request<Body> {
    let body = Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = request.header(header::CONTENT_LENGTH, body.len());
    request
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap()
}
