#include "io/html.hpp"

#include <fmt/format.h>

#include <cctype>

namespace bramble {
namespace {

// Numbers, n/a, and several numbers such as 0.31..0.42 or 4 / 4.
bool is_numeric(const std::string& text) {
  return text == "n/a" || (!text.empty() && text.find_first_of("0123456789") <= 1 &&
                           text.find_first_not_of("0123456789.+-e/ ") == std::string::npos);
}

// Only long texts, such as paths and reasons, may be broken into lines.
std::string_view class_of(const std::string& cell) {
  constexpr std::size_t longest_short = 24;
  return is_numeric(cell) ? "number" : cell.size() <= longest_short ? "short" : "long";
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    switch (character) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += character;
    }
  }
  return escaped;
}

std::string escape_url(std::string_view path) {
  std::string escaped;
  for (const char character : path) {
    const auto byte = static_cast<unsigned char>(character);
    const bool plain = std::isalnum(byte) != 0 ||
                       std::string_view("/._-").find(character) != std::string_view::npos;
    escaped += plain ? std::string(1, character) : fmt::format("%{:02X}", byte);
  }
  return escaped;
}

std::string html_table(const HtmlTable& table) {
  std::string html = "<div class=\"scroll\"><table>\n<thead><tr>";
  for (std::size_t i = 0; i < table.header.size(); ++i) {
    const std::string hint =
        table.hints.empty() ? "" : fmt::format(" title=\"{}\"", escape_html(table.hints[i]));
    html += fmt::format("<th{}>{}</th>", hint, escape_html(table.header[i]));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    html += "<tr>";
    for (const std::string& cell : row) {
      html += fmt::format("<td class=\"{}\">{}</td>", class_of(cell), escape_html(cell));
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

}  // namespace bramble
