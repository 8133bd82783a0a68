#include "io/report.hpp"

#include "io/html.hpp"
#include "io/svg_chart.hpp"
#include "tests/io/example_tables.hpp"
#include "tests/io/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace bramble {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t number = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++number;
  }
  return number;
}

std::string report_of(const ReportInput& input) {
  const TemporaryFolder folder;
  write_report(folder.file("report.html"), input);
  return content_of(folder.file("report.html"));
}

ReportInput example_input() {
  ReportInput input;
  int number = 0;
  for (const char* group : {"ketamine", "saline"}) {
    for (int animal = 0; animal < 3; ++animal, ++number) {
      for (const double day : {-3.0, 1.0, 7.0}) {
        input.tables.animals.push_back(
            example_animal("M0" + std::to_string(number), group,
                           "ses-d" + std::to_string(static_cast<int>(day + 3)), day,
                           0.4 + 0.01 * animal + 0.005 * day));
      }
    }
  }
  ContrastRow contrast;
  contrast.measure = "density_per_um";
  contrast.group = "ketamine";
  contrast.control = "saline";
  contrast.estimate = 0.123456;
  input.tables.contrasts = {contrast};
  StackRow done;
  done.status = "done";
  StackRow failed;
  failed.file = "broken<1>.h5";
  failed.status = "failed";
  failed.message = "expected a whole HDF5 file & got none";
  input.tables.stacks = {done, failed};
  input.overlays = {"overlays/M01 #1.png"};
  input.provenance.version = "0.1.0";
  return input;
}

TEST(Report, is_one_page_that_loads_nothing_from_elsewhere) {
  const std::string html = report_of(example_input());

  EXPECT_THAT(html, testing::StartsWith("<!DOCTYPE html>"));
  EXPECT_THAT(html, Not(HasSubstr("http")));
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
}

TEST(Report, elements_are_closed) {
  const std::string html = report_of(example_input());

  for (const std::string name : {"section", "table", "svg", "details", "div", "p", "g", "tr", "td",
                                 "text", "main", "body", "html", "head", "style"}) {
    EXPECT_EQ(count(html, "<" + name + ">") + count(html, "<" + name + " "),
              count(html, "</" + name + ">"))
        << name;
  }
}

TEST(Report, failed_stacks_come_first_with_their_reasons) {
  const std::string html = report_of(example_input());

  EXPECT_THAT(html, HasSubstr("1 of 2 stacks were analysed; <b>1 failed"));
  EXPECT_THAT(html, HasSubstr("broken&lt;1&gt;.h5"));
  EXPECT_THAT(html, HasSubstr("expected a whole HDF5 file &amp; got none"));
  EXPECT_LT(html.find("broken&lt;1&gt;.h5"), html.find("<svg"));
}

TEST(Report, stack_that_was_left_out_on_purpose_is_no_failure) {
  ReportInput input = example_input();
  input.tables.stacks[1].message = "excluded: qc_status is bad";

  const std::string html = report_of(input);

  EXPECT_THAT(html, HasSubstr("<section class=\"good\">"));
  EXPECT_THAT(html, HasSubstr("1 were left out"));
  EXPECT_THAT(html, Not(HasSubstr("failed and")));
}

TEST(Report, has_a_point_per_animal_and_session_and_a_mean_per_group) {
  const std::string html = report_of(example_input());

  // Density, fold change, formation and elimination: 4 charts of 6 animals and 2 groups in 3
  // sessions.
  EXPECT_EQ(count(html, "<svg"), 4u);
  EXPECT_EQ(count(html, "r=\"2.6\""), 4u * 6 * 3);
  EXPECT_EQ(count(html, "r=\"5\""), 4u * 2 * 3);
}

TEST(Report, contrasts_and_overlays_are_there) {
  const std::string html = report_of(example_input());

  EXPECT_THAT(html, HasSubstr("0.1235"));
  EXPECT_THAT(html, HasSubstr("href=\"overlays/M01%20%231.png\""));
  EXPECT_THAT(html, HasSubstr("fewer than 5 animals"));
}

TEST(Report, nothing_at_all_is_still_a_page) {
  const std::string html = report_of({});

  EXPECT_THAT(html, HasSubstr("No animal has a density"));
  EXPECT_THAT(html, HasSubstr("</html>"));
}

TEST(Html, texts_are_escaped) {
  EXPECT_EQ(escape_html("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
  EXPECT_EQ(escape_url("a b/c%d?e\"f.png"), "a%20b/c%25d%3Fe%22f.png");
}

Chart chart_of(std::vector<double> days) {
  Chart chart{.title = "a", .value_label = "b", .starts_at_zero = false, .ticks = {}, .series = {}};
  for (const double day : days) {
    chart.ticks.push_back({day, "day"});
  }
  chart.series = {{.name = "g", .animals = {}, .means = {{0, 1, 0.5, 1.5}}}};
  return chart;
}

TEST(SvgChart, days_too_near_each_other_are_evenly_spaced_and_said_to_be) {
  EXPECT_THAT(svg_chart(chart_of({-3, 1, 3})), Not(HasSubstr("not to scale")));
  EXPECT_THAT(svg_chart(chart_of({-3, -1, 1, 65})), HasSubstr("not to scale"));
  EXPECT_THAT(svg_chart(chart_of({1, not_available})), HasSubstr("not to scale"));
}

TEST(SvgChart, treatment_is_marked_between_the_sessions_around_it) {
  // Inner width 520 - 14 - 62 - 2 x 26 = 392 from 88; day 0 is a quarter of the way from -1 to 3.
  EXPECT_THAT(svg_chart(chart_of({-1, 3})), HasSubstr("class=\"treatment\" x1=\"186.0\""));
  EXPECT_THAT(svg_chart(chart_of({1, 3})), Not(HasSubstr("treatment\" x1")));
}

TEST(SvgChart, holds_only_finite_numbers) {
  Chart chart = chart_of({1});
  chart.series[0].means = {{0, 0.5, not_available, not_available}};

  const std::string svg = svg_chart(chart);

  EXPECT_THAT(svg, Not(HasSubstr("\"nan")));
  EXPECT_THAT(svg, Not(HasSubstr("\"inf")));
  EXPECT_EQ(svg_chart(Chart{}), "");
}

}  // namespace
}  // namespace bramble
