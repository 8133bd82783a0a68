cmake_minimum_required(VERSION 3.25)
# Writes the header OUTPUT with the commit of SOURCE_DIR. Run by every build; the file is touched only when the commit has
# changed, so nothing is compiled again without need.
execute_process(
  COMMAND git --no-optional-locks describe --always --dirty --abbrev=12 --exclude=*
  WORKING_DIRECTORY ${SOURCE_DIR}
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE
  ERROR_QUIET RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  set(commit "unknown")
endif()
file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
  "#pragma once\n\nnamespace bramble::build_info {\n\ninline constexpr const char* commit = \"@commit@\";\n\n}  // namespace bramble::build_info\n"
  @ONLY)
