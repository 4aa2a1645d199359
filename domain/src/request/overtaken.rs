//! A request that waits while another one changes the same event: it cannot be approved as it is, and says what to do.

use serde::{Deserialize, Serialize};

use super::{RequestId, RequestState};

/// Which request came before one that still waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Overtaken {
    /// This one went live after the other was submitted, so that what the other was designed to change is no longer there.
    WentLive(RequestId),
    /// This one is approved and not over yet.
    UnderWay(RequestId),
}

impl Overtaken {
    /// Whether a request in this state is overtaken. `built_on` is the request that brought live what it changes, `live` the one that
    /// brought live what there is now, `under_way` another one of the same event that is approved and not over.
    pub fn of(
        state: RequestState,
        built_on: Option<RequestId>,
        live: Option<RequestId>,
        under_way: Option<RequestId>,
    ) -> Option<Self> {
        if !state.is_open() {
            return None;
        }
        let went_live = live.filter(|_| built_on != live).map(Self::WentLive);
        went_live.or(under_way.map(Self::UnderWay))
    }

    /// Why it cannot be approved.
    pub fn sentence(self) -> String {
        match self {
            Self::WentLive(by) => format!(
                "{by} of the same event went live after this was submitted, so this was designed for what is no longer live."
            ),
            Self::UnderWay(by) => format!("{by} of the same event is approved already, and its run is not over."),
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::WentLive(_) => {
                "Revise the design: look at what it would change now, and submit it again. If nothing is left to do, withdraw it."
            }
            Self::UnderWay(_) => "Wait until that run has ended or is cancelled, and look at this again.",
        }
    }
}
