package org.dandang.platform.storage;

import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Holds every connection of the application to the sight of whoever uses it. */
@Configuration(proxyBeanMethods = false)
class SightConfiguration {
  @Bean
  static BeanPostProcessor connectionsToldTheirSight() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && name.equals("dataSource")
            ? new SightDataSource(source)
            : bean;
      }
    };
  }
}
