//! Ids read back what they wrote, in text and in JSON.

use super::*;

#[test]
fn an_id_reads_back_what_it_wrote() {
    let id = TenantId::from_uuid(Uuid::from_u128(7));
    assert_eq!(id.to_string(), "00000000-0000-0000-0000-000000000007");
    assert_eq!(id.to_string().parse::<TenantId>(), Ok(id));
    assert_eq!(format!("{id:?}"), format!("TenantId({id})"));
    let json = serde_json::to_string(&id).expect("json");
    assert_eq!(json, format!("\"{id}\""));
    assert_eq!(serde_json::from_str::<TenantId>(&json).expect("id"), id);
    assert_eq!(Uuid::from(id), id.as_uuid());
    assert!("not an id".parse::<RuleId>().is_err());
}
