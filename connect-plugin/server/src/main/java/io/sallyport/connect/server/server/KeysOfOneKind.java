package io.sallyport.connect.server.server;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * One identity for a server of the JDK's TLS: it is offered for keys of its own kind and no other,
 * as it is at that moment.
 */
final class KeysOfOneKind extends X509ExtendedKeyManager {

  private final X509ExtendedKeyManager keys;
  private final String alias;

  /**
   * @param keys may change the key under its alias at any time
   */
  KeysOfOneKind(X509ExtendedKeyManager keys, String alias) {
    this.keys = keys;
    this.alias = alias;
  }

  private String alias(String kind) {
    X509Certificate[] chain = keys.getCertificateChain(alias);
    return chain != null && chain[0].getPublicKey().getAlgorithm().equals(kind) ? alias : null;
  }

  @Override
  public String chooseEngineServerAlias(String kind, Principal[] issuers, SSLEngine engine) {
    return alias(kind);
  }

  @Override
  public String chooseServerAlias(String kind, Principal[] issuers, Socket socket) {
    return alias(kind);
  }

  @Override
  public String[] getServerAliases(String kind, Principal[] issuers) {
    String found = alias(kind);
    return found == null ? new String[0] : new String[] {found};
  }

  @Override
  public X509Certificate[] getCertificateChain(String name) {
    return keys.getCertificateChain(name);
  }

  @Override
  public PrivateKey getPrivateKey(String name) {
    return keys.getPrivateKey(name);
  }

  /** It is no client. */
  @Override
  public String[] getClientAliases(String kind, Principal[] issuers) {
    return new String[0];
  }

  /** It is no client. */
  @Override
  public String chooseClientAlias(String[] kinds, Principal[] issuers, Socket socket) {
    return null;
  }
}
