//! Sending a form without leaving the page: one untyped path for every form, which keeps the WebAssembly small.

use web_sys::FormData;

use crate::error::AppError;

/// Posts `data` to `action` as a form and returns the JSON of the answer.
#[cfg(feature = "hydrate")]
pub async fn post_form(action: &str, data: &FormData) -> Result<String, AppError> {
    use server_fn::error::{FromServerFnError, ServerFnErrorErr};
    use server_fn::request::browser::Request;
    use web_sys::UrlSearchParams;

    let away = || AppError::from_server_fn_error(ServerFnErrorErr::Request(String::new()));
    let body = UrlSearchParams::new_with_str_sequence_sequence(data).map_err(|_| away())?;
    let response = Request::post(action)
        .header("Accept", "application/json")
        .body(body)
        .map_err(|_| away())?
        .send()
        .await
        .map_err(|_| away())?;
    let text = response.text().await.map_err(|_| away())?;
    if response.ok() {
        return Ok(text);
    }
    Err(crate::json::read(&text).unwrap_or_else(|_| away()))
}

/// Calls a server function and parses its answer. The future is `Send`, as resources require: a browser has one thread.
#[cfg(not(feature = "ssr"))]
pub fn call_server_fn<T: serde::de::DeserializeOwned>(
    path: &'static str,
    fields: &[(&str, &str)],
) -> impl Future<Output = Result<T, AppError>> + Send + use<T> {
    let data = FormData::new();
    if let Ok(data) = &data {
        for (name, value) in fields {
            let _ = data.append_with_str(name, value);
        }
    }
    send_wrapper::SendWrapper::new(async move {
        let data = data.map_err(|_| unreadable())?;
        let text = post_form(path, &data).await?;
        crate::json::read(&text).map_err(|_| unreadable())
    })
}

#[cfg(not(feature = "ssr"))]
fn unreadable() -> AppError {
    AppError::unavailable("The answer of Concierge could not be read. Reload the page and try again.")
}

/// The server has no browser to send from.
#[cfg(not(feature = "hydrate"))]
pub async fn post_form(_action: &str, _data: &FormData) -> Result<String, AppError> {
    Err(AppError::NotFound)
}
