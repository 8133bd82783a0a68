#pragma once

#include "kernels/core/handle.hpp"

#include <openssl/evp.h>

#include <cstddef>
#include <string>

namespace bramble {

struct DigestContextTraits {
  using value_type = EVP_MD_CTX*;
  static value_type null() noexcept { return nullptr; }
  static void close(value_type context) noexcept { EVP_MD_CTX_free(context); }
};

// SHA-256 of bytes that arrive in parts. Throws ResourceError when OpenSSL refuses.
class Sha256Stream {
 public:
  Sha256Stream();
  void add(const void* bytes, std::size_t num_bytes);
  // 64 lower-case hex digits; ends the stream.
  std::string finish();

 private:
  UniqueHandle<DigestContextTraits> context_;
};

}  // namespace bramble
