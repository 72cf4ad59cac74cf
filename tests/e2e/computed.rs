//! What the browser itself takes an element for: WebDriver's computed role and label.

use std::sync::Arc;

use serde_json::Value;
use thirtyfour::{
    WebElement,
    common::command::{Command, ExtensionCommand},
    prelude::WebDriverResult,
};

/// An element's role and its accessible name.
pub async fn role_and_name(element: &WebElement) -> WebDriverResult<(String, String)> {
    let role = computed(element, "computedrole").await?;
    let label = computed(element, "computedlabel").await?;
    let name: Vec<_> = label.split_whitespace().collect();
    Ok((role, name.join(" ")))
}

async fn computed(element: &WebElement, what: &'static str) -> WebDriverResult<String> {
    let command = Computed {
        element: element.element_id().to_string(),
        what,
    };
    let command = Command::ExtensionCommand(Box::new(command));
    element.handle().cmd(command).await?.value()
}

/// `GET /session/{id}/element/{id}/computedrole` or `…/computedlabel`.
#[derive(Debug)]
struct Computed {
    element: String,
    what: &'static str,
}

impl ExtensionCommand for Computed {
    fn parameters_json(&self) -> Option<Value> {
        None
    }

    fn method(&self) -> http::Method {
        http::Method::GET
    }

    fn endpoint(&self) -> Arc<str> {
        format!("/element/{}/{}", self.element, self.what).into()
    }
}
