//! Where the provider is and what every call carries, in async-openai's form.

use async_openai::config::Config;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use super::{AiSettings, AiSetupError, KeyHeader};

/// The library's own configurations read the environment and panic on a key that no header can hold.
#[derive(Clone, Debug)]
pub(super) struct Endpoint {
    base: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    no_key: SecretString,
}

impl Endpoint {
    pub(super) fn new(settings: &AiSettings) -> Result<Self, AiSetupError> {
        Ok(Self {
            base: base(&settings.base_url),
            query: settings.base_url.query_pairs().into_owned().collect(),
            headers: headers(settings)?,
            no_key: SecretString::default(),
        })
    }
}

/// The address without a slash at the end; its query, such as Azure's `api-version`, goes with every call.
fn base(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

fn headers(settings: &AiSettings) -> Result<HeaderMap, AiSetupError> {
    let mut headers = HeaderMap::new();
    let Some(key) = &settings.api_key else {
        return Ok(headers);
    };
    let key = key.expose_secret();
    let (name, value) = match &settings.key_header {
        KeyHeader::Bearer => (AUTHORIZATION, format!("Bearer {key}")),
        KeyHeader::Named(name) => {
            let name = HeaderName::try_from(name.as_str()).map_err(|_| AiSetupError::KeyHeader)?;
            (name, key.to_owned())
        }
    };
    let mut value = HeaderValue::try_from(value).map_err(|_| AiSetupError::KeyHeader)?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(headers)
}

impl Config for Endpoint {
    fn headers(&self) -> HeaderMap {
        self.headers.clone()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn query(&self) -> Vec<(&str, &str)> {
        self.query
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect()
    }

    fn api_base(&self) -> &str {
        &self.base
    }

    /// The key stands in [`Self::headers`]; the library reads this one nowhere.
    fn api_key(&self) -> &SecretString {
        &self.no_key
    }
}
