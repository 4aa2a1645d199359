//! CONVERT_TIMEZONE. Only UTC is modelled, because other zones change with the seasons and with laws.

use super::scalars;
use crate::simulate::calendar::SECOND;
use crate::simulate::value::{Failure, Outcome, Scalar, Session, Value};

pub(super) fn call(name: &str, values: &[Value], session: Session) -> Option<Outcome> {
    if name != "CONVERT_TIMEZONE" {
        return None;
    }
    Some(scalars(values).and_then(|scalars| match scalars {
        None => Ok(Value::Null),
        Some(scalars) => convert(&scalars, session),
    }))
}

fn convert(values: &[Scalar], session: Session) -> Outcome {
    match values {
        [Scalar::Text(zone), value] if is_utc(zone) => {
            let instant = match value {
                Scalar::Ltz(instant) | Scalar::Tz { instant, .. } => *instant,
                Scalar::Ntz(clock) => clock - i128::from(session.offset) * SECOND,
                other => return Err(Failure::unknown(format!("CONVERT_TIMEZONE of {}", other.type_name()))),
            };
            Ok(Scalar::Tz { instant, offset: 0 }.into())
        }
        [Scalar::Text(from), Scalar::Text(to), Scalar::Ntz(clock)] if is_utc(from) && is_utc(to) => {
            Ok(Scalar::Ntz(*clock).into())
        }
        _ => Err(Failure::unknown("CONVERT_TIMEZONE between other zones than UTC")),
    }
}

fn is_utc(zone: &str) -> bool {
    ["UTC", "Etc/UTC"].contains(&zone)
}
