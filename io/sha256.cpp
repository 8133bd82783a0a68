#include "io/sha256.hpp"

#include "io/sha256_stream.hpp"
#include "kernels/core/error.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <vector>

namespace bramble {
namespace {

void check_digest(int status) {
  if (status != 1) {
    throw ResourceError("OpenSSL cannot compute SHA-256; check the installation of libcrypto");
  }
}

}  // namespace

Sha256Stream::Sha256Stream() : context_(EVP_MD_CTX_new()) {
  check_digest(context_ ? EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) : 0);
}

void Sha256Stream::add(const void* bytes, std::size_t num_bytes) {
  check_digest(EVP_DigestUpdate(context_.get(), bytes, num_bytes));
}

std::string Sha256Stream::finish() {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int num_bytes = 0;
  check_digest(EVP_DigestFinal_ex(context_.get(), digest, &num_bytes));

  constexpr char hex_digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < num_bytes; ++i) {
    text += hex_digits[digest[i] >> 4];
    text += hex_digits[digest[i] & 15];
  }
  return text;
}

std::string sha256(const void* bytes, std::size_t num_bytes) {
  Sha256Stream stream;
  stream.add(bytes, num_bytes);
  return stream.finish();
}

std::string sha256(std::string_view text) { return sha256(text.data(), text.size()); }

std::string sha256_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    throw DataError(path + ": cannot be opened (" + std::strerror(errno) +
                    "); check that it exists and may be read");
  }
  Sha256Stream stream;
  std::vector<char> block(1 << 20);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    stream.add(block.data(), static_cast<std::size_t>(file.gcount()));
  }
  if (file.bad()) {
    throw DataError(path + ": reading stopped before the end of the file (" + std::strerror(errno) +
                    "); check the disk");
  }
  return stream.finish();
}

}  // namespace bramble
