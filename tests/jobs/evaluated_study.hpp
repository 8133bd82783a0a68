#pragma once

#include "tests/jobs/temporary_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <random>
#include <string>

// Tables of a run and the truth they are scored against, made up: random places, no images.
namespace bramble {

inline constexpr char spines_header[] =
    "subject_id\tgroup\tsession_id\tday\tregion\tfov\tdendrite_id\tspine_id\tstate\tz_um\ty_um\t"
    "x_um\tbase_z_um\tbase_y_um\tbase_x_um\tpath_um\tlength_um\thead_diameter_um\tneck_length_um\t"
    "neck_diameter_um\tvolume_um3\tbrightness_ratio\tspine_class\tclass_probability\tsnr\tp_"
    "detect\t"
    "flags\n";
inline constexpr char dendrites_header[] =
    "subject_id\tgroup\tsession_id\tday\tregion\tfov\tdendrite_id\tlength_um\tlength_usable_um\t"
    "n_spines\tdensity_per_um\n";
inline constexpr char truth_spines_header[] =
    "subject,session,day,fov,dendrite_id,spine_id,base_z_um,base_y_um,base_x_um,head_z_um,"
    "head_y_um,head_x_um,tip_z_um,tip_y_um,tip_x_um,head_diameter_um,neck_length_um,length_um,"
    "lateral_protrusion_um,neighbour_um,class,scorable,edge\n";
inline constexpr char truth_dendrites_header[] =
    "subject,session,day,fov,dendrite_id,node,z_um,y_um,x_um,radius_um,inside\n";
inline constexpr char annotated_spines_header[] =
    "session,day,spine_id,dendrite_id,tip_z_um,tip_y_um,tip_x_um,base_z_um,base_y_um,base_x_um,"
    "excluded\n";

// Spines crowd along a straight dendrite of 60 um, so that many found ones lie in the gates of
// several true ones; some true ones are not found, some found ones are not true.
class EvaluatedStudy {
 public:
  // The subject is the one that the scorer of annotations expects.
  EvaluatedStudy() {
    std::string rows = dendrites_header;
    for (const Session& session : sessions) {
      rows += fmt::format("rr30a\tsaline\t{}\t{}\tCg1\tchunk-01\td01\t60\t59\t80\t1.36\n",
                          session.id, session.day);
    }
    write_text(run() / "tables" / "dendrites.tsv", rows);
  }

  std::filesystem::path run() const { return folder_.path() / "run"; }
  std::filesystem::path truth() const { return folder_.path() / "truth"; }
  std::filesystem::path out() const { return folder_.path() / "out"; }

  void write_phantom() {
    std::string spines = truth_spines_header;
    std::string dendrites = truth_dendrites_header;
    std::string found = spines_header;
    for (const Session& session : sessions) {
      const std::string place = fmt::format("rr30a,{},{},chunk-01,d01", session.id, session.day);
      for (int node = 0; node <= 60; ++node) {
        dendrites += fmt::format("{},{},5,10,{},0.4,1\n", place, node, node);
      }
      for (int i = 0; i < 80; ++i) {
        const Head head = random_head();
        spines += fmt::format("{},d01s{:03},5,10,{},{},{},{},0,0,0,{},0.5,1.2,0.6,NA,thin,{},0\n",
                              place, i, head.x, head.z, head.y, head.x, 0.3 + 0.6 * uniform(),
                              uniform() < 0.8 ? 1 : 0);
        found += found_rows(session, i, head, 0.3, 0.8);
      }
    }
    write_text(truth() / "truth_spines.csv", spines);
    write_text(truth() / "truth_dendrites.csv", dendrites);
    write_text(run() / "tables" / "spines.tsv", found);
  }

  void write_annotation() {
    std::string spines = annotated_spines_header;
    std::string lines = "session,dendrite_id,node,z_um,y_um,x_um\n";
    std::string found = spines_header;
    for (const Session& session : sessions) {
      for (int node = 0; node <= 120; ++node) {
        lines += fmt::format("{},{},{},5,10,{}\n", session.id, node / 61, node, 0.5 * node);
      }
      for (int i = 0; i < 80; ++i) {
        const Head head = random_head();
        spines += fmt::format("{},{},{},{},{},{},{},5,10,{},{}\n", session.id, session.day, i,
                              head.x < 30.25 ? 0 : 1, head.z, head.y, head.x, head.x,
                              uniform() < 0.85 ? 0 : 1);
        found += found_rows(session, i, head, 0.5, 1.5);
      }
      for (int i = 80; i < 110; ++i) {  // some far from the line
        found += found_row(session, i, {5, 10 + 12 * (uniform() - 0.5), 60 * uniform()});
      }
    }
    write_text(truth() / "spines.csv", spines);
    write_text(truth() / "centrelines.csv", lines);
    write_text(run() / "tables" / "spines.tsv", found);
  }

 private:
  struct Session {
    const char* id;
    int day;
  };
  struct Head {
    double z, y, x;
  };
  static constexpr Session sessions[] = {{"ses-d00", 0}, {"ses-d04", 4}};

  double uniform() { return std::uniform_real_distribution<double>(0, 1)(random_); }
  double normal(double sd) { return std::normal_distribution<double>(0, sd)(random_); }

  Head random_head() {
    const double side = uniform() < 0.5 ? -1 : 1;
    return {5 + normal(0.5), 10 + side * (0.8 + uniform()), 60 * uniform()};
  }

  static std::string found_row(const Session& session, int number, const Head& head) {
    return fmt::format(
        "rr30a\tsaline\t{}\t{}\tCg1\tchunk-01\td01\td01s{:03}\tpresent\t{:.6g}\t{:.6g}\t{:.6g}\t5\t"
        "10\t{:.6g}\t1\t1.1\t0.5\t0.4\tn/a\t0.1\t0.5\tthin\t0.9\t8\t0.9\tn/a\n",
        session.id, session.day, number, head.z, head.y, head.x, head.x);
  }

  // The spine where it was found, or not, and sometimes a second time.
  std::string found_rows(const Session& session, int number, const Head& head, double lateral_sd,
                         double axial_sd) {
    const auto moved = [&] {
      return Head{head.z + normal(axial_sd), head.y + normal(lateral_sd),
                  head.x + normal(lateral_sd)};
    };
    std::string rows;
    if (uniform() < 0.8) {
      rows += found_row(session, uniform() < 0.9 ? number : number + 400, moved());
    }
    if (uniform() < 0.2) {
      rows += found_row(session, number + 200, moved());
    }
    return rows;
  }

  TemporaryFolder folder_;
  std::mt19937 random_{20};
};

}  // namespace bramble
