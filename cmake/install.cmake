# cmake --install build/release --prefix /usr
#
# Programs lie together in lib/jieban/bin, where the units expect them and `jieban` looks for them;
# the shipped tables lie in lib/jieban/config. What a street edits is copied to /etc/jieban only
# where it is not there yet: an upgrade changes no configuration. DESTDIR is honoured.
set(jieban_home lib/jieban)
install(TARGETS jieban jieban-receiver jieban-router jieban-sla-watcher jieban-notifier
  jieban-archiver jieban-last-call RUNTIME DESTINATION ${jieban_home}/bin)
install(CODE [[
  file(MAKE_DIRECTORY "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin")
  file(CREATE_LINK ../lib/jieban/bin/jieban "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin/jieban"
    SYMBOLIC)
]])

install(DIRECTORY config/ DESTINATION ${jieban_home}/config
  PATTERN tests EXCLUDE PATTERN README.md EXCLUDE)

file(GLOB units CONFIGURE_DEPENDS systemd/*.service systemd/*.target systemd/*.timer)
install(FILES ${units} DESTINATION lib/systemd/system)
install(FILES systemd/sysusers.d/jieban.conf DESTINATION lib/sysusers.d)
install(FILES systemd/tmpfiles.d/jieban.conf DESTINATION lib/tmpfiles.d)

install(CODE [[
  set(shipped "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/lib/jieban/config")
  set(etc "$ENV{DESTDIR}/etc/jieban")
  if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
    set(etc "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/etc/jieban")
  endif()
  file(GLOB_RECURSE files RELATIVE "${shipped}" "${shipped}/*")
  foreach(file ${files})
    string(REGEX REPLACE "^daemons/" "" place "${file}")
    if(EXISTS "${etc}/${place}")
      message(STATUS "Kept: ${etc}/${place}")
    else()
      get_filename_component(folder "${etc}/${place}" DIRECTORY)
      set(mode OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
      # Addresses of persons: the notifier refuses a file that others can read.
      if(place STREQUAL "contacts.yaml")
        set(mode OWNER_READ OWNER_WRITE GROUP_READ)
      endif()
      file(COPY "${shipped}/${file}" DESTINATION "${folder}" FILE_PERMISSIONS ${mode})
      message(STATUS "New: ${etc}/${place}")
    endif()
  endforeach()
]])
