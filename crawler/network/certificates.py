"""What is wrong with a server's certificate; connections are made all the same, and it is noted."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime

from cryptography import x509
from service_identity import CertificateError, VerificationError
from service_identity.cryptography import (
    verify_certificate_hostname,
    verify_certificate_ip_address,
)


def certificate_fault(certificate: x509.Certificate, host: str, now: datetime | None = None) -> str:
    """``expired``, ``not yet valid``, ``issued for another name``, ``self-signed``, or "".

    Whether a known authority issued it is not looked at: that needs the machine's list of them.
    """
    now = now or datetime.now(UTC)
    if certificate.not_valid_after_utc < now:
        return "expired"
    if certificate.not_valid_before_utc > now:
        return "not yet valid"
    try:
        _verify_name(certificate, host)
    except (CertificateError, VerificationError, ValueError):
        return "issued for another name"
    return "self-signed" if certificate.issuer == certificate.subject else ""


def _verify_name(certificate: x509.Certificate, host: str) -> None:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        verify_certificate_hostname(certificate, host)
    else:
        verify_certificate_ip_address(certificate, host)
